/**
 * SOFTMAX over the last dimension, at most 4,095 values. int8, output scale 1/256 and zero point −128.
 *
 * Undefined in TFLM: a sum of exponentials of 512 times the largest and above, for which the last shift is 32. Its
 * probabilities are 0.
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
import { numberOption, requireShape, requireType } from './support/node.js';
import { int8Range, perTensor } from './support/quantization.js';

/** Each exponential adds at most 2^19 to a sum that must stay below 2^31. */
const maximumDepth = 4095;

const operator: OperatorModule<Softmax> = {
  name: 'SOFTMAX',

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    requireType(node, input, ['int8']);
    requireType(node, output, ['int8']);
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
    const codes = Math.min(255, inputRadius(5, shift)) + 1;
    const exponentials = new Int32Array(codes).map((_, difference) =>
      expOnNegativeValues(saturatingRoundingDoublingHighMul((-difference * 2 ** shift) | 0, multiplier), 5),
    );
    const depth = input.shape.at(-1) ?? 1;
    if (depth > maximumDepth) {
      node.fail(
        'model/unsupported-option',
        `Rows of ${depth} values overflow the 32-bit sum of SOFTMAX.`,
        `Split them into rows of at most ${maximumDepth}.`,
        input,
      );
    }
    return {
      rows: depth === 0 ? 0 : elementCount(input.shape) / depth,
      depth,
      exponentials,
    };
  },

  // Sums of 2^28 and more make the last shift exceed 31 bits, which is undefined in TFLM; the division gives 0 here.
  evaluate({ rows, depth, exponentials }, [input], [output]) {
    for (let row = 0; row < rows; row++) {
      const x = (input as Int8Array).subarray(row * depth, (row + 1) * depth);
      const y = (output as Int8Array).subarray(row * depth, (row + 1) * depth);
      const maximum = x.reduce((most, code) => Math.max(most, code), -128);
      let sum = 0;
      for (const code of x) {
        const exponential = exponentials[maximum - code];
        if (exponential !== undefined) sum = (sum + roundingDivideByPowerOfTwo(exponential, 12)) | 0;
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
