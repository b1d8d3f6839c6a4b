/**
 * LOGISTIC: the sigmoid. int8, output scale 1/256 and zero point −128.
 *
 * Undefined in TFLM: an input scale for which the multiplier rounds up to 2³¹ (it becomes 2³¹ − 1), below 2⁻²⁸ (all
 * results are one half), and from 2³⁵ (all results are 0 and 1).
 */
import type { OperatorModule } from './operator.js';
import { inputRadius, logistic } from './support/exponential.js';
import {
  clamp,
  frexp,
  multiplyByQuantizedMultiplier,
  roundHalfAway,
  roundingDivideByPowerOfTwo,
} from './support/fixed-point.js';
import { int8Operands, lookupOperator, type PreparedLookup, prepareLookup } from './support/lookup-table.js';
import { int8Range, perTensor } from './support/quantization.js';

const integerBits = 4;

const operator: OperatorModule<PreparedLookup> = {
  name: 'LOGISTIC',
  operands: int8Operands,
  prepare(node) {
    const x = perTensor(node, node.input(0));
    const output = node.output(0);
    const y = perTensor(node, output);
    if (y.zeroPoint !== -128 || y.scale !== 1 / 256) {
      node.fail(
        'model/unsupported-quantization',
        `The output has scale ${y.scale} and zero point ${y.zeroPoint}; LOGISTIC needs 1/256 and −128.`,
        'Convert the model again with a current converter.',
        output,
      );
    }
    // TFLM does without the 2^31 correction of QuantizeMultiplier here; a fraction that rounds to 1 overflows there
    const { fraction, exponent } = frexp(x.scale * 2 ** (31 - integerBits));
    const multiplier = Math.min(roundHalfAway(fraction * 2 ** 31), 0x7fffffff);
    const radius = inputRadius(integerBits, exponent);
    return prepareLookup(node, (code) => {
      const centered = code - x.zeroPoint;
      if (centered <= -radius) return int8Range.min;
      if (centered >= radius) return int8Range.max;
      const scaled = logistic(multiplyByQuantizedMultiplier(centered, multiplier, exponent), integerBits);
      return clamp(roundingDivideByPowerOfTwo(scaled, 23) + int8Range.min, int8Range.min, int8Range.max);
    });
  },
  ...lookupOperator,
};
export default operator;
