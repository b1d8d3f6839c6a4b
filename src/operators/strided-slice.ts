/**
 * STRIDED_SLICE with constant begin, end and strides, begin, end and shrink masks; ellipsis, new-axis masks and offset
 * are not supported by TFLM. Raw copy of any element type.
 */
import type { TensorData } from '../ir/element-type.js';
import { type Gather, gather } from '../kernels/gather.js';
import type { OperatorModule } from './operator.js';
import { indexTypes, like } from './signature.js';
import { rowMajorStrides } from './support/broadcast.js';
import { clamp } from './support/fixed-point.js';
import { elementBytes, foldGather, gatherElements, moved } from './support/movement.js';
import { booleanOption, constantIntegers, numberOption, requireShape } from './support/node.js';

const operator: OperatorModule<Gather> = {
  name: 'STRIDED_SLICE',
  operands: {
    inputs: [
      moved('input', ['int8', 'int16', 'int32', 'float32', 'bool']),
      { name: 'begin', types: indexTypes, constant: true },
      { name: 'end', types: indexTypes, constant: true },
      { name: 'strides', types: indexTypes, constant: true },
    ],
    outputs: [{ name: 'output', types: like('input') }],
  },

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    const rank = input.shape.length;
    for (const mask of ['ellipsis_mask', 'new_axis_mask']) {
      if (numberOption(node, mask, 0) !== 0) {
        node.fail(
          'model/unsupported-option',
          `Option ${mask} is not supported.`,
          'Write the slice with explicit begin and end for every axis.',
        );
      }
    }
    if (booleanOption(node, 'offset')) {
      node.fail(
        'model/unsupported-option',
        'Option offset is not supported.',
        'Convert the model again with absolute end indices.',
      );
    }
    const [begin, end, step] = [1, 2, 3].map((slot) => constantIntegers(node, node.input(slot))) as [
      number[],
      number[],
      number[],
    ];
    // Entries beyond those given select the whole axis
    if (begin.length > rank || end.length !== begin.length || step.length !== begin.length) {
      node.fail(
        'model/invalid',
        `Begin, end and strides have ${begin.length}, ${end.length} and ${step.length} entries for ${rank} dimensions.`,
        'Convert the model again.',
        input,
      );
    }
    const masks = {
      begin: numberOption(node, 'begin_mask', 0),
      end: numberOption(node, 'end_mask', 0),
      shrink: numberOption(node, 'shrink_axis_mask', 0),
    };
    const axes = input.shape.map((extent, axis) => {
      if (axis >= begin.length) return { start: 0, count: extent, stride: 1, shrink: false };
      const stride = step[axis] as number;
      if (stride === 0) {
        node.fail('model/invalid', `The stride of axis ${axis} is 0.`, 'Convert the model again.', node.input(3));
      }
      const bit = 2 ** axis;
      const [low, high] = stride > 0 ? [0, extent] : [-1, extent - 1];
      const wrap = (index: number) => clamp(index < 0 ? index + extent : index, low, high);
      const start = (masks.begin & bit) !== 0 ? (stride > 0 ? 0 : extent - 1) : wrap(begin[axis] as number);
      const shrink = (masks.shrink & bit) !== 0;
      if (shrink) {
        if (start < 0 || start >= extent)
          node.fail(
            'model/invalid',
            `Index ${begin[axis]} is outside axis ${axis} of extent ${extent}.`,
            'Convert the model again.',
            node.input(1),
          );
        return { start, count: 1, stride, shrink };
      }
      const stop = (masks.end & bit) !== 0 ? (stride > 0 ? extent : -1) : wrap(end[axis] as number);
      return { start, count: Math.max(0, Math.ceil((stop - start) / stride)), stride, shrink };
    });
    requireShape(
      node,
      output,
      axes.filter(({ shrink }) => !shrink).map(({ count }) => count),
    );
    const strides = rowMajorStrides(input.shape);
    return {
      elementBytes: elementBytes(input),
      gather: foldGather(node, {
        base: axes.reduce(
          (total, { start, count }, axis) => total + (count === 0 ? 0 : start * (strides[axis] as number)),
          0,
        ),
        extents: axes.map(({ count }) => count),
        strides: axes.map(({ stride }, axis) => stride * (strides[axis] as number)),
      }),
    };
  },

  evaluate: ({ gather }, [input], [output]) => gatherElements(gather, input as TensorData, output as TensorData),

  kernels: [gather],
};
export default operator;
