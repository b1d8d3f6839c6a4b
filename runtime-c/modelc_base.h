/* Arithmetic shared by all kernels. C99, no library but string.h, no floating point, no memory allocation.
 *
 * Right shifts of negative values are arithmetic on every compiler modelc supports (GCC, Clang).
 * Accumulators are uint32_t: the reference kernels wrap on overflow, and unsigned arithmetic does so by definition. */
#ifndef MODELC_BASE_H
#define MODELC_BASE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Kernels are inlined into their layer so that the compiler sees every shape as a constant. */
#define MODELC_INLINE static inline __attribute__((always_inline))

#if defined(__clang__)
#define MODELC_UNROLL_4 _Pragma("clang loop unroll_count(4)")
#define MODELC_UNROLL_8 _Pragma("clang loop unroll_count(8)")
#else
#define MODELC_UNROLL_4 _Pragma("GCC unroll 4")
#define MODELC_UNROLL_8 _Pragma("GCC unroll 8")
#endif

MODELC_INLINE int32_t modelc_min(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

MODELC_INLINE int32_t modelc_max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Offset of row `index` >= 0 of a tensor with rows of `pitch` bytes. The tensor lies whole when `ring` is 0; otherwise it
 * passes through a ring of `ring` rows. */
MODELC_INLINE ptrdiff_t modelc_row_offset(int32_t index, int32_t ring, int32_t pitch)
{
    const int32_t place = ring == 0 ? index : ring == 1 ? 0 : (int32_t)((uint32_t)index % (uint32_t)ring);
    return (ptrdiff_t)place * pitch;
}

/* value + zero point, clamped to [low, high]; clamping first keeps the sum from overflowing. */
MODELC_INLINE int8_t modelc_saturate(int32_t value, int32_t zero_point, int32_t low, int32_t high)
{
    return (int8_t)(modelc_min(modelc_max(value, low - zero_point), high - zero_point) + zero_point);
}

/* (a * b + 2^30) >> 31: gemmlowp's saturating rounding doubling high multiply. Not for a = b = -2^31. */
MODELC_INLINE int32_t modelc_high_mul(int32_t a, int32_t b)
{
    return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

/* x / 2^shift rounded to nearest, ties away from zero. 0 <= shift <= 31. */
MODELC_INLINE int32_t modelc_rounding_shift(int32_t x, int32_t shift)
{
    const int32_t mask = (int32_t)((UINT32_C(1) << shift) - 1u);
    const int32_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> shift) + ((x & mask) > threshold ? 1 : 0);
}

/* TFLite's MultiplyByQuantizedMultiplier, double rounding: x * multiplier * 2^-(31 + right_shift).
 * A negative right_shift shifts left first, modulo 2^32. -31 <= right_shift <= 31. */
MODELC_INLINE int32_t modelc_requantize(int32_t x, int32_t multiplier, int32_t right_shift)
{
    if (right_shift < 0) {
        return modelc_high_mul((int32_t)((uint32_t)x << -right_shift), multiplier);
    }
    return modelc_rounding_shift(modelc_high_mul(x, multiplier), right_shift);
}

/* The same for |x| < 2^30, multiplier >= 0 and 1 <= right_shift <= 30, where both roundings join into one:
 * floor((h + 2^(r-1) - [h < 0]) / 2^r) with h the high product; [x < 0] may stand for [h < 0], since they differ
 * only where h = 0, and there both give 0. */
MODELC_INLINE int32_t modelc_requantize_narrow(int32_t x, int32_t multiplier, int32_t right_shift)
{
    const int32_t high = modelc_high_mul(x, multiplier) + (x >> 31);
    return (high + (INT32_C(1) << (right_shift - 1))) >> right_shift;
}

/* One entry of a channel table: { bias, multiplier, right shift } starting at `channel`. `narrow` is a compile-time
 * constant of the layer: every accumulator and shift satisfies modelc_requantize_narrow. */
MODELC_INLINE int8_t modelc_requantize_channel(uint32_t accumulator, const int32_t *channel, int32_t narrow,
                                               int32_t zero_point, int32_t low, int32_t high)
{
    const int32_t value = narrow ? modelc_requantize_narrow((int32_t)accumulator, channel[1], channel[2])
                                 : modelc_requantize((int32_t)accumulator, channel[1], channel[2]);
    return modelc_saturate(value, zero_point, low, high);
}

#endif
