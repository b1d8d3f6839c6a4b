/**
 * Random LOGISTIC: input scales from those that give one half for every code to those that give 0 and 1 only. Below
 * 2^−28 TFLite Micro converts a number beyond int32 to int, which C does not define.
 */
import { unaryCase } from './support/activation-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { randomScale, randomZeroPoint } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'LOGISTIC',
  generate(random) {
    const scale = random.pick([randomScale(random, -7, -3), randomScale(random, -7, -3), randomScale(random, -28, 12)]);
    return unaryCase(
      random,
      'LOGISTIC',
      { scale, zeroPoint: randomZeroPoint(random) },
      { scale: 1 / 256, zeroPoint: -128 },
    );
  },
};
export default cases;
