/**
 * ADD: element-wise sum with broadcasting, both inputs rescaled to a common fine grid first. int8.
 *
 * Undefined in TFLM: an output so fine that its factor reaches 1. Refused.
 */
import { type Add, addS8 } from '../kernels/add-s8.js';
import type { OperatorModule } from './operator.js';
import { forEachBroadcast, prepareBroadcast } from './support/broadcast.js';
import type { ChannelRange } from './support/channels.js';
import { clamp, multiplyByQuantizedMultiplier, quantizeMultiplier } from './support/fixed-point.js';
import { activationRange, perTensor } from './support/quantization.js';

/** Fraction bits given to the inputs before they are rescaled. */
const leftShift = 20;

const operator: OperatorModule<Add> = {
  name: 'ADD',
  operands: {
    inputs: [
      { name: 'a', types: ['int8'] },
      { name: 'b', types: ['int8'] },
    ],
    outputs: [{ name: 'output', types: ['int8'] }],
  },

  prepare(node) {
    const tensors = [node.input(0), node.input(1), node.output(0)] as const;
    const [a, b, y] = [perTensor(node, tensors[0]), perTensor(node, tensors[1]), perTensor(node, tensors[2])] as const;
    const twiceMaximum = 2 * Math.max(a.scale, b.scale);
    const prepared: Add = {
      loop: prepareBroadcast(node, [tensors[0], tensors[1]], tensors[2]),
      zeroPoints: [a.zeroPoint, b.zeroPoint, y.zeroPoint],
      inputs: [quantizeMultiplier(a.scale / twiceMaximum), quantizeMultiplier(b.scale / twiceMaximum)],
      output: quantizeMultiplier(twiceMaximum / (2 ** leftShift * y.scale)),
      range: activationRange(node, y),
    };
    if (prepared.output.shift > 0) {
      node.fail(
        'model/unsupported-quantization',
        `The output scale ${y.scale} is too small for inputs of scale ${a.scale} and ${b.scale}.`,
        'Calibrate with representative data and convert again.',
        tensors[2],
      );
    }
    return prepared;
  },

  evaluate(prepared, [inputA, inputB], [output]) {
    const a = inputA as Int8Array;
    const b = inputB as Int8Array;
    const y = output as Int8Array;
    forEachBroadcast(prepared.loop, (index, ia, ib) => {
      y[index] = sumOfCodes(prepared, a[ia] as number, b[ib] as number);
    });
  },

  // multipliers are positive, so the sum rises with both operands
  channels: (prepared) => ({
    relation: 'each',
    steps: 0,
    reach: ([a = [], b = []]) =>
      a.map(({ low, high }, channel) => {
        const other = b[channel] as ChannelRange;
        return { low: sumOfCodes(prepared, low, other.low), high: sumOfCodes(prepared, high, other.high) };
      }),
  }),

  kernels: [addS8],
};
export default operator;

/** y = clamp(MBQM(MBQM((a − za)·2^20) + MBQM((b − zb)·2^20)) + zy) */
function sumOfCodes({ zeroPoints: [za, zb, zy], inputs: [ma, mb], output: my, range }: Add, a: number, b: number) {
  const scaledA = multiplyByQuantizedMultiplier((a - za) << leftShift, ma.multiplier, ma.shift);
  const scaledB = multiplyByQuantizedMultiplier((b - zb) << leftShift, mb.multiplier, mb.shift);
  return clamp(multiplyByQuantizedMultiplier(scaledA + scaledB, my.multiplier, my.shift) + zy, range.min, range.max);
}
