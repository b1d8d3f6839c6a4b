/** Random RELU: the output may have any scale and zero point. */

import { unaryCase } from './support/activation-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, randomQuantization, randomScale, randomZeroPoint } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'RELU',
  generate(random) {
    const input = randomQuantization(random);
    // differences of codes stay below 2^9, so shifts up to 2^22 do not wrap
    const real = random.pick([
      randomScale(random, -2, 2),
      randomScale(random, -1, 1),
      2 ** between(random, -34, 20),
      randomScale(random, -34, 20),
    ]);
    const output = { scale: Math.fround(input.scale / real), zeroPoint: randomZeroPoint(random) };
    return unaryCase(random, 'RELU', input, output);
  },
};
export default cases;
