/**
 * Integer arithmetic of TensorFlow Lite's reference kernels (contract `tflm`: double rounding).
 * All int32 values are JavaScript numbers in [−2^31, 2^31); products that need 62 bits are split so that every
 * intermediate stays below 2^53.
 */

export const INT32_MAX = 0x7fffffff;
export const INT32_MIN = -0x80000000;

/** Real multiplier ≈ `multiplier` · 2^(`shift` − 31), with 2^30 ≤ |multiplier| < 2^31 or both 0. */
export interface QuantizedMultiplier {
  readonly multiplier: number;
  readonly shift: number;
}

/** Round to nearest, ties away from zero: C `round`. Exact for every double. */
export function roundHalfAway(x: number): number {
  const magnitude = Math.abs(x);
  const floor = Math.floor(magnitude);
  return Math.sign(x) * (magnitude - floor >= 0.5 ? floor + 1 : floor);
}

const frexpBits = new DataView(new ArrayBuffer(8));

/** x = fraction · 2^exponent with 0.5 ≤ |fraction| < 1, as C `frexp`; (0, 0) for 0. `x` must be finite. */
export function frexp(x: number): { fraction: number; exponent: number } {
  if (x === 0) return { fraction: 0, exponent: 0 };
  frexpBits.setFloat64(0, x);
  let exponent = (frexpBits.getUint16(0) >> 4) & 0x7ff;
  let bias = 1022;
  if (exponent === 0) {
    // subnormal: scale into the normal range first
    frexpBits.setFloat64(0, x * 2 ** 64);
    exponent = (frexpBits.getUint16(0) >> 4) & 0x7ff;
    bias += 64;
  }
  frexpBits.setUint16(0, (frexpBits.getUint16(0) & 0x800f) | (1022 << 4));
  return { fraction: frexpBits.getFloat64(0), exponent: exponent - bias };
}

/** TFLite `QuantizeMultiplier`: a finite double as a 32-bit multiplier and a shift. Flushes below 2^−32 to zero. */
export function quantizeMultiplier(real: number): QuantizedMultiplier {
  if (real === 0) return { multiplier: 0, shift: 0 };
  const { fraction, exponent } = frexp(real);
  let multiplier = roundHalfAway(fraction * 2 ** 31);
  let shift = exponent;
  if (multiplier === 2 ** 31) {
    multiplier = 2 ** 30;
    shift++;
  }
  if (shift < -31) return { multiplier: 0, shift: 0 };
  return { multiplier, shift };
}

/** gemmlowp `SaturatingRoundingDoublingHighMul`: (a·b + 2^30) >> 31, ties toward +∞; −2^31·−2^31 saturates. */
export function saturatingRoundingDoublingHighMul(a: number, b: number): number {
  if (a === INT32_MIN && b === INT32_MIN) return INT32_MAX;
  const high = (a >> 16) * b;
  const low = (a & 0xffff) * b + 0x40000000;
  return Math.floor((high + Math.floor(low / 65536)) / 32768) | 0;
}

/** gemmlowp `RoundingDivideByPOT`: x / 2^exponent, ties away from zero. x is an int32; 0 ≤ exponent, 0 beyond 31. */
export function roundingDivideByPowerOfTwo(x: number, exponent: number): number {
  if (exponent > 31) return 0;
  const mask = ((1 << exponent) - 1) | 0; // 2^31 − 1 for 31: −2^31 − 1 wraps
  const threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
}

/** TFLite `MultiplyByQuantizedMultiplier` in the default, double-rounding build. The pre-shift wraps to int32. */
export function multiplyByQuantizedMultiplier(x: number, multiplier: number, shift: number): number {
  if (shift > 0) return saturatingRoundingDoublingHighMul(shift > 31 ? 0 : x << shift, multiplier);
  return roundingDivideByPowerOfTwo(saturatingRoundingDoublingHighMul(x, multiplier), -shift);
}

/** x clamped to [low, high]. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : Math.min(x, high);
}
