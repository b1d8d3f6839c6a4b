/** Random RELU6: 6 lies anywhere between the zero point and far beyond the largest code. */
import { unaryCase } from './support/activation-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { randomScale, randomZeroPoint } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'RELU6',
  generate(random) {
    const scale = random.pick([
      randomScale(random, -7, -4),
      6 / 128,
      Math.fround(6 / 255),
      randomScale(random, -24, 8),
    ]);
    const quantization = { scale, zeroPoint: randomZeroPoint(random) };
    return unaryCase(random, 'RELU6', quantization, quantization);
  },
};
export default cases;
