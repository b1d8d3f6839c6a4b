import { describe, expect, it } from 'vitest';
import { roundingDivideByPowerOfTwo } from '../../../src/operators/support/fixed-point.js';
import { createRandom } from '../../support/random.js';

/** x / 2^exponent with exact integers: to nearest, ties away from zero. */
function exactly(x: number, exponent: number): number {
  const magnitude = (2n * BigInt(Math.abs(x)) + (1n << BigInt(exponent))) >> BigInt(exponent + 1);
  return Number(x < 0 ? -magnitude : magnitude) + 0;
}

describe('roundingDivideByPowerOfTwo', () => {
  it('rounds to nearest, ties away from zero, for every exponent', () => {
    const random = createRandom(3);
    for (let exponent = 0; exponent <= 31; exponent++) {
      const ties = [1, 3, 5].flatMap((odd) => [odd * 2 ** (exponent - 1), odd * 2 ** (exponent - 1) - 1]);
      const some = Array.from({ length: 200 }, () => random.below(2 ** 32) - 2 ** 31);
      for (const x of [...ties, ...some, 0, 1, 2 ** 31 - 1].flatMap((value) => [value, -value])) {
        if (!Number.isInteger(x) || Math.abs(x) >= 2 ** 31) continue;
        expect(roundingDivideByPowerOfTwo(x, exponent) + 0, `${x} / 2^${exponent}`).toBe(exactly(x, exponent));
      }
      expect(roundingDivideByPowerOfTwo(-(2 ** 31), exponent)).toBe(exactly(-(2 ** 31), exponent));
    }
  });

  it('gives 0 for exponents beyond 31', () => {
    expect([32, 35].map((exponent) => roundingDivideByPowerOfTwo(2 ** 31 - 1, exponent))).toEqual([0, 0]);
  });
});
