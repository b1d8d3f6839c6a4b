/* ADD, int8 with broadcasting: both inputs are rescaled to a common grid with 20 fraction bits, added and requantised. ISA: scalar.
 * The output may be the memory of an input that is as large as the output. */
#ifndef MODELC_ADD_S8_H
#define MODELC_ADD_S8_H

#include "modelc_broadcast.h"

typedef struct {
    modelc_broadcast loop;
    int32_t in_zero[2], in_multiplier[2], in_right_shift[2];
    int32_t out_multiplier, out_right_shift;
    int32_t out_zero, out_min, out_max;
} modelc_add_s8;

/* One run of `count` elements; step0 and step1 are 1, or 0 for an input that repeats one element. */
MODELC_INLINE void modelc_add_s8_run(const modelc_add_s8 *p, const int8_t *in0, int32_t step0, const int8_t *in1,
                                     int32_t step1, int32_t count, int8_t *out)
{
    for (int32_t i = 0; i < count; i++) {
        const int32_t a = modelc_requantize((in0[i * step0] - p->in_zero[0]) * (1 << 20), p->in_multiplier[0],
                                            p->in_right_shift[0]);
        const int32_t b = modelc_requantize((in1[i * step1] - p->in_zero[1]) * (1 << 20), p->in_multiplier[1],
                                            p->in_right_shift[1]);
        const int32_t sum = modelc_requantize(a + b, p->out_multiplier, p->out_right_shift);
        out[i] = modelc_saturate(sum, p->out_zero, p->out_min, p->out_max);
    }
}

MODELC_INLINE void modelc_add_s8_whole(const modelc_add_s8 *p, const int8_t *in0, const int8_t *in1, int8_t *out)
{
    const modelc_broadcast *l = &p->loop;
    for (int32_t i0 = 0; i0 < l->extent[0]; i0++) {
        for (int32_t i1 = 0; i1 < l->extent[1]; i1++) {
            for (int32_t i2 = 0; i2 < l->extent[2]; i2++) {
                for (int32_t i3 = 0; i3 < l->extent[3]; i3++) {
                    modelc_add_s8_run(p, in0 + modelc_broadcast_run(l, 0, i0, i1, i2, i3), l->stride[0][4],
                                      in1 + modelc_broadcast_run(l, 1, i0, i1, i2, i3), l->stride[1][4],
                                      l->extent[4], out);
                    out += l->extent[4];
                }
            }
        }
    }
}

#endif
