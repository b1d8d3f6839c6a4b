/**
 * SOFTMAX over the last dimension. int8, output scale 1/256 and zero point −128.
 *
 * Undefined in TFLM: a sum of exponentials of 512 times the largest and above, for which the last shift is 32 (and from
 * 4,096 times on the sum overflows). Its probabilities are 0.
 */
import { elementCount } from '../ir/element-type.js';
import { type Softmax, softmaxS8 } from '../kernels/softmax-s8.js';
import type { OperatorModule } from './operator.js';
import { expOnNegativeValues, inputRadius, oneOverOnePlus } from './support/exponential.js';
import {
  clamp,
  INT32_MAX,
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMul,
} from './support/fixed-point.js';
import { numberOption, requireShape } from './support/node.js';
import { int8Range, perTensor } from './support/quantization.js';

/** Sums of 2^28 and more, 512 times the largest exponential, give probability 0; so sums may stop there. */
const largestSum = 2 ** 28;

/**
 * An exponential below this (e^−13.9) does not count: rounded to 19 fraction bits it adds 0 to the sum, and as the last
 * shift is 23 at least, its own probability rounds to 0.
 */
const smallestExponential = 2 ** 11;

const operator: OperatorModule<Softmax> = {
  name: 'SOFTMAX',
  operands: {
    inputs: [{ name: 'input', types: ['int8'] }],
    outputs: [{ name: 'output', types: ['int8'] }],
  },

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    requireShape(node, output, input.shape);
    const x = perTensor(node, input);
    const y = perTensor(node, output);
    if (y.scale !== 1 / 256 || y.zeroPoint !== -128) {
      node.fail(
        'model/unsupported-quantization',
        `The output has scale ${y.scale} and zero point ${y.zeroPoint}; SOFTMAX needs 1/256 and −128.`,
        'Convert the model again with a current converter.',
        output,
      );
    }
    const beta = Math.fround(numberOption(node, 'beta', 1));
    const real = Math.min(beta * x.scale * 2 ** 26, INT32_MAX);
    if (!(real > 1)) {
      node.fail(
        'model/unsupported-quantization',
        `Input scale ${x.scale} with beta ${beta} is too small for TFLite Micro's SOFTMAX.`,
        'Calibrate with representative data and convert again.',
        input,
      );
    }
    const { multiplier, shift } = quantizeMultiplier(real);
    const depth = input.shape.at(-1) ?? 1;
    // a row of one value has nothing below its maximum
    const codes = depth === 1 ? 1 : Math.min(255, inputRadius(5, shift)) + 1;
    const exponentials = new Int32Array(codes).map((_, difference) =>
      expOnNegativeValues(saturatingRoundingDoublingHighMul((-difference * 2 ** shift) | 0, multiplier), 5),
    );
    return {
      rows: depth === 0 ? 0 : elementCount(input.shape) / depth,
      depth,
      exponentials: exponentials.subarray(0, exponentials.findLastIndex((value) => value >= smallestExponential) + 1),
    };
  },

  evaluate({ rows, depth, exponentials }, [input], [output]) {
    for (let row = 0; row < rows; row++) {
      const x = (input as Int8Array).subarray(row * depth, (row + 1) * depth);
      const y = (output as Int8Array).subarray(row * depth, (row + 1) * depth);
      const maximum = x.reduce((most, code) => Math.max(most, code), -128);
      let sum = 0;
      for (const code of x) {
        const exponential = exponentials[maximum - code];
        if (exponential !== undefined) {
          sum = Math.min(sum + roundingDivideByPowerOfTwo(exponential, 12), largestSum);
        }
      }
      const headroom = Math.clz32(sum);
      const scale = oneOverOnePlus(((sum << headroom) - 2 ** 31) | 0);
      const shift = 12 - headroom + 31 - 8;
      x.forEach((code, i) => {
        const exponential = exponentials[maximum - code];
        y[i] =
          exponential === undefined
            ? int8Range.min
            : clamp(
                roundingDivideByPowerOfTwo(saturatingRoundingDoublingHighMul(scale, exponential), shift) +
                  int8Range.min,
                int8Range.min,
                int8Range.max,
              );
      });
    }
  },

  kernels: [softmaxS8],
};
export default operator;
