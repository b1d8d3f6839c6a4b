/** gemmlowp's fixed-point exponential, reciprocal and logistic function (see arithmetic of the reference kernels). */
import {
  clamp,
  saturatingRoundingDoublingHighMul as highMul,
  INT32_MAX,
  INT32_MIN,
  roundingDivideByPowerOfTwo,
} from './fixed-point.js';

/** x · 2^exponent with saturation to int32; a rounding division for negative exponents. */
export function saturatingMultiplyByPowerOfTwo(x: number, exponent: number): number {
  if (exponent <= 0) return roundingDivideByPowerOfTwo(x, -exponent);
  return clamp(x * 2 ** exponent, INT32_MIN, INT32_MAX);
}

/** (a + b) / 2 rounded half away from zero, without overflow. */
function roundingHalfSum(a: number, b: number): number {
  const sum = a + b;
  return Math.trunc((sum + (sum >= 0 ? 1 : -1)) / 2);
}

/** e^a for a in [−1/4, 0) as Q0.31, result Q0.31: fourth-order Taylor expansion around −1/8. */
function expOnQuarterInterval(a: number): number {
  const x = a + 2 ** 28;
  const x2 = highMul(x, x);
  const x3 = highMul(x2, x);
  const x4 = highMul(x2, x2);
  const sum = roundingDivideByPowerOfTwo(highMul(roundingDivideByPowerOfTwo(x4, 2) + x3, 715827883) + x2, 1);
  return 1895147668 + highMul(1895147668, x + sum);
}

/** e^(−2^k) as Q0.31 for k = −2 … 4. */
const expOfPowers = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

/** e^a for a ≤ 0 in Q(i).(31−i), result Q0.31 (gemmlowp `exp_on_negative_values`). */
export function expOnNegativeValues(a: number, integerBits: number): number {
  if (a === 0) return INT32_MAX;
  const quarter = 2 ** (31 - integerBits - 2);
  const remainderOfQuarter = (a & (quarter - 1)) - quarter;
  let result = expOnQuarterInterval(saturatingMultiplyByPowerOfTwo(remainderOfQuarter, integerBits));
  const rest = remainderOfQuarter - a;
  for (let k = -2; k <= 4 && k < integerBits; k++) {
    if (rest & (1 << (31 - integerBits + k))) result = highMul(result, expOfPowers[k + 2] as number);
  }
  if (integerBits > 5 && a < -(2 ** (36 - integerBits))) return 0;
  return result;
}

/** 1 / (1 + a) for a in [0, 1] as Q0.31, result Q0.31: three Newton steps. */
export function oneOverOnePlus(a: number): number {
  const halfDenominator = roundingHalfSum(a, INT32_MAX);
  let x = 1515870810 + highMul(halfDenominator, -1010580540);
  for (let step = 0; step < 3; step++) {
    const product = highMul(halfDenominator, x);
    x += saturatingMultiplyByPowerOfTwo(highMul(x, 2 ** 29 - product), 2);
  }
  return saturatingMultiplyByPowerOfTwo(x, 1);
}

/** 1 / (1 + e^−a) for a in Q(i).(31−i), result Q0.31. */
export function logistic(a: number, integerBits: number): number {
  if (a === 0) return 2 ** 30;
  const positive = oneOverOnePlus(expOnNegativeValues(-Math.abs(a), integerBits));
  return a > 0 ? positive : INT32_MAX - positive;
}

/** Largest input magnitude that stays inside `integerBits` after a left shift (TFLite `CalculateInputRadius`, 31 bits). */
export function inputRadius(integerBits: number, leftShift: number): number {
  return Math.floor(((2 ** integerBits - 1) * 2 ** (31 - integerBits)) / 2 ** leftShift);
}
