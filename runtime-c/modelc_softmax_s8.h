/* SOFTMAX over rows, int8, output scale 1/256 and zero point -128. ISA: scalar.
 *
 * Exponentials: e^(-d * beta * scale) as Q0.31 for d = 0 .. exponentials - 1 codes below the maximum of the row;
 *               codes further below give probability 0. The output may be the memory of the input. */
#ifndef MODELC_SOFTMAX_S8_H
#define MODELC_SOFTMAX_S8_H

#include "modelc_base.h"

typedef struct {
    int32_t depth;
    int32_t exponentials;
} modelc_softmax_s8;

/* Leading zeros of x > 0. */
MODELC_INLINE int32_t modelc_leading_zeros(uint32_t x)
{
    return __builtin_clz(x);
}

/* x * 4 with saturation to int32. */
MODELC_INLINE int32_t modelc_saturating_times_4(int32_t x)
{
    return modelc_min(modelc_max(x, -(1 << 29)), (1 << 29) - 1) * 4 + (x > (1 << 29) - 1 ? 3 : 0);
}

/* 1 / (1 + x) for x in [0, 1) as Q0.31: gemmlowp's three Newton steps in Q2.29. */
MODELC_INLINE int32_t modelc_one_over_one_plus(int32_t x)
{
    const int32_t half_denominator = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
    int32_t y = 1515870810 + modelc_high_mul(half_denominator, -1010580540);
    for (int32_t step = 0; step < 3; step++) {
        const int32_t product = modelc_high_mul(half_denominator, y);
        y += modelc_saturating_times_4(modelc_high_mul(y, (1 << 29) - product));
    }
    return y > (1 << 30) - 1 ? INT32_MAX : y * 2;
}

/* One row of `depth` values. */
MODELC_INLINE void modelc_softmax_s8_row(const modelc_softmax_s8 *p, const int8_t *in, int8_t *out,
                                         const int32_t *exponentials)
{
    int32_t maximum = INT8_MIN;
    for (int32_t i = 0; i < p->depth; i++) {
        maximum = modelc_max(maximum, in[i]);
    }
    int32_t sum = 0; /* Q12.19, at most 2^28: beyond 512 times the largest exponential every probability is 0 */
    for (int32_t i = 0; i < p->depth; i++) {
        const int32_t below = maximum - in[i];
        if (below < p->exponentials) {
            sum += modelc_rounding_shift(exponentials[below], 12);
            if (p->depth > 512) {
                sum = modelc_min(sum, 1 << 28);
            }
        }
    }
    const int32_t headroom = modelc_leading_zeros((uint32_t)sum);
    const int32_t scale =
        modelc_one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - (UINT32_C(1) << 31)));
    const int32_t shift = 12 - headroom + 31 - 8;
    for (int32_t i = 0; i < p->depth; i++) {
        const int32_t below = maximum - in[i];
        int32_t probability = 0;
        if (below < p->exponentials && shift <= 31) {
            probability = modelc_rounding_shift(modelc_high_mul(scale, exponentials[below]), shift);
        }
        out[i] = modelc_saturate(probability, INT8_MIN, INT8_MIN, INT8_MAX);
    }
}

#endif
