/**
 * TRANSPOSE: permutes dimensions; those left after merging neighbours are at most five. Raw copy of any element type.
 */
import type { TensorData } from '../ir/element-type.js';
import { type Gather, gather } from '../kernels/gather.js';
import type { OperatorModule } from './operator.js';
import { indexTypes, like } from './signature.js';
import { rowMajorStrides } from './support/broadcast.js';
import { elementBytes, foldGather, gatherElements, moved } from './support/movement.js';
import { constantIntegers, normalizeAxis, requireShape } from './support/node.js';

const operator: OperatorModule<Gather> = {
  name: 'TRANSPOSE',
  operands: {
    inputs: [moved('input', ['int8', 'int16', 'float32']), { name: 'permutation', types: indexTypes, constant: true }],
    outputs: [{ name: 'output', types: like('input') }],
  },

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    const rank = input.shape.length;
    const permutation = constantIntegers(node, node.input(1)).map((axis) => normalizeAxis(node, axis, rank, input));
    if (permutation.length !== rank || new Set(permutation).size !== rank) {
      node.fail(
        'model/invalid',
        `[${permutation}] is not a permutation of ${rank} axes.`,
        'Convert the model again.',
        node.input(1),
      );
    }
    requireShape(
      node,
      output,
      permutation.map((axis) => input.shape[axis] as number),
    );
    const strides = rowMajorStrides(input.shape);
    return {
      elementBytes: elementBytes(input),
      gather: foldGather(node, {
        base: 0,
        extents: output.shape,
        strides: permutation.map((axis) => strides[axis] as number),
      }),
    };
  },

  evaluate: ({ gather }, [input], [output]) => gatherElements(gather, input as TensorData, output as TensorData),

  kernels: [gather],
};
export default operator;
