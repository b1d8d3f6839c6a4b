/**
 * TRANSPOSE: permutes dimensions; those left after merging neighbours are at most five. Raw copy of any element type.
 */
import type { TensorData } from '../ir/element-type.js';
import type { OperatorModule } from './operator.js';
import { rowMajorStrides } from './support/broadcast.js';
import { constantStruct } from './support/c-text.js';
import { foldGather, gatherElements, gatherFields, requireMovable, type StridedGather } from './support/movement.js';
import { constantIntegers, normalizeAxis, requireShape } from './support/node.js';

interface Prepared {
  readonly gather: StridedGather;
  readonly elementBytes: number;
}

const operator: OperatorModule<Prepared> = {
  name: 'TRANSPOSE',

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    const elementBytes = requireMovable(node, input, output);
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
      elementBytes,
      gather: foldGather(node, {
        base: 0,
        extents: output.shape,
        strides: permutation.map((axis) => strides[axis] as number),
      }),
    };
  },

  evaluate: ({ gather }, [input], [output]) => gatherElements(gather, input as TensorData, output as TensorData),

  emit({ gather, elementBytes }, emitter) {
    emitter.header('modelc_move.h');
    return `${constantStruct('modelc_gather', 'transpose', gatherFields(gather, elementBytes))}
modelc_gather_layer(&transpose, ${emitter.input(0)}, ${emitter.output(0)});`;
  },
};
export default operator;
