/* MEAN, int8, over any axes. The division by the number of elements is part of the multiplier. ISA: scalar. */
#ifndef MODELC_MEAN_S8_H
#define MODELC_MEAN_S8_H

#include "modelc_base.h"

#define MODELC_REDUCTION_DIMS 3

typedef struct {
    int32_t kept_extent[MODELC_REDUCTION_DIMS]; /* outermost first; strides in elements of the input */
    int32_t kept_stride[MODELC_REDUCTION_DIMS];
    int32_t reduced_extent[MODELC_REDUCTION_DIMS];
    int32_t reduced_stride[MODELC_REDUCTION_DIMS];
    int32_t offset; /* -input zero point * number of elements reduced */
    int32_t out_multiplier, out_right_shift, out_zero;
} modelc_mean_s8;

/* Sum over the reduced axes, modulo 2^32. */
MODELC_INLINE int32_t modelc_mean_s8_sum(const modelc_mean_s8 *p, const int8_t *in)
{
    uint32_t sum = (uint32_t)p->offset;
    for (int32_t r0 = 0; r0 < p->reduced_extent[0]; r0++) {
        for (int32_t r1 = 0; r1 < p->reduced_extent[1]; r1++) {
            const int8_t *run = in + r0 * p->reduced_stride[0] + r1 * p->reduced_stride[1];
            for (int32_t r2 = 0; r2 < p->reduced_extent[2]; r2++) {
                const int32_t value = run[r2 * p->reduced_stride[2]];
                sum += (uint32_t)value;
            }
        }
    }
    return (int32_t)sum;
}

MODELC_INLINE void modelc_mean_s8_whole(const modelc_mean_s8 *p, const int8_t *in, int8_t *out)
{
    for (int32_t k0 = 0; k0 < p->kept_extent[0]; k0++) {
        for (int32_t k1 = 0; k1 < p->kept_extent[1]; k1++) {
            for (int32_t k2 = 0; k2 < p->kept_extent[2]; k2++) {
                const int8_t *base =
                    in + k0 * p->kept_stride[0] + k1 * p->kept_stride[1] + k2 * p->kept_stride[2];
                const int32_t mean =
                    modelc_requantize(modelc_mean_s8_sum(p, base), p->out_multiplier, p->out_right_shift);
                *out++ = modelc_saturate(mean, p->out_zero, INT8_MIN, INT8_MAX);
            }
        }
    }
}

/* The mean of an image for each of `channels`, in parts of `pixels` pixels: adds a part to the sums, which `first`
 * starts. */
MODELC_INLINE void modelc_mean_s8_accumulate(const modelc_mean_s8 *p, const int8_t *in, int32_t channels,
                                             int32_t pixels, int first, uint32_t *sums)
{
    for (int32_t c = 0; c < channels; c++) {
        uint32_t sum = first ? (uint32_t)p->offset : sums[c];
        for (int32_t i = 0; i < pixels; i++) {
            const int32_t value = in[i * channels + c];
            sum += (uint32_t)value;
        }
        sums[c] = sum;
    }
}

/* The output, from the sums of all parts. */
MODELC_INLINE void modelc_mean_s8_finish(const modelc_mean_s8 *p, const uint32_t *sums, int32_t channels, int8_t *out)
{
    for (int32_t c = 0; c < channels; c++) {
        const int32_t mean = modelc_requantize((int32_t)sums[c], p->out_multiplier, p->out_right_shift);
        out[c] = modelc_saturate(mean, p->out_zero, INT8_MIN, INT8_MAX);
    }
}

#endif
