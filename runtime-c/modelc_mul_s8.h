/* MUL, int8 with broadcasting: the product of the centred codes is requantised. ISA: scalar.
 * The output may be the memory of an input that is as large as the output. */
#ifndef MODELC_MUL_S8_H
#define MODELC_MUL_S8_H

#include "modelc_broadcast.h"

typedef struct {
    modelc_broadcast loop;
    int32_t in_zero[2];
    int32_t out_multiplier, out_right_shift;
    int32_t out_zero, out_min, out_max;
} modelc_mul_s8;

/* One run of `count` elements; step0 and step1 are 1, or 0 for an input that repeats one element. */
MODELC_INLINE void modelc_mul_s8_run(const modelc_mul_s8 *p, const int8_t *in0, int32_t step0, const int8_t *in1,
                                     int32_t step1, int32_t count, int8_t *out)
{
    for (int32_t i = 0; i < count; i++) {
        const int32_t product = (in0[i * step0] - p->in_zero[0]) * (in1[i * step1] - p->in_zero[1]);
        out[i] = modelc_saturate(modelc_requantize(product, p->out_multiplier, p->out_right_shift), p->out_zero,
                                 p->out_min, p->out_max);
    }
}

MODELC_INLINE void modelc_mul_s8_whole(const modelc_mul_s8 *p, const int8_t *in0, const int8_t *in1, int8_t *out)
{
    const modelc_broadcast *l = &p->loop;
    for (int32_t i0 = 0; i0 < l->extent[0]; i0++) {
        for (int32_t i1 = 0; i1 < l->extent[1]; i1++) {
            for (int32_t i2 = 0; i2 < l->extent[2]; i2++) {
                for (int32_t i3 = 0; i3 < l->extent[3]; i3++) {
                    modelc_mul_s8_run(p, in0 + modelc_broadcast_run(l, 0, i0, i1, i2, i3), l->stride[0][4],
                                      in1 + modelc_broadcast_run(l, 1, i0, i1, i2, i3), l->stride[1][4],
                                      l->extent[4], out);
                    out += l->extent[4];
                }
            }
        }
    }
}

#endif
