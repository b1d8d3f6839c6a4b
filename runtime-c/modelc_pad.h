/* PAD and PADV2 for elements of 1, 2, 4 or 8 bytes. ISA: scalar. */
#ifndef MODELC_PAD_H
#define MODELC_PAD_H

#include "modelc_base.h"

#define MODELC_PAD_DIMS 5

typedef struct {
    int32_t element_bytes;
    int32_t in_extent[MODELC_PAD_DIMS]; /* outermost first */
    int32_t out_extent[MODELC_PAD_DIMS];
    int32_t before[MODELC_PAD_DIMS]; /* elements of padding in front of the input */
    uint8_t fill[8];                 /* one element, little-endian */
} modelc_pad;

/* Writes `count` padding elements and returns the place behind them. */
MODELC_INLINE uint8_t *modelc_pad_fill(const modelc_pad *p, uint8_t *to, int32_t count)
{
    if (p->element_bytes == 1) {
        memset(to, p->fill[0], (size_t)count);
    } else {
        for (int32_t i = 0; i < count; i++) {
            memcpy(to + i * p->element_bytes, p->fill, (size_t)p->element_bytes);
        }
    }
    return to + count * p->element_bytes;
}

/* Whether output index i of a dimension lies in the input. */
MODELC_INLINE int32_t modelc_pad_inside(const modelc_pad *p, int32_t dimension, int32_t i)
{
    return i >= p->before[dimension] && i < p->before[dimension] + p->in_extent[dimension];
}

MODELC_INLINE void modelc_pad_layer(const modelc_pad *p, const void *in, void *out)
{
    const uint8_t *from = (const uint8_t *)in;
    uint8_t *to = (uint8_t *)out;
    const int32_t run = p->in_extent[4] * p->element_bytes;
    for (int32_t i0 = 0; i0 < p->out_extent[0]; i0++) {
        for (int32_t i1 = 0; i1 < p->out_extent[1]; i1++) {
            for (int32_t i2 = 0; i2 < p->out_extent[2]; i2++) {
                for (int32_t i3 = 0; i3 < p->out_extent[3]; i3++) {
                    if (modelc_pad_inside(p, 0, i0) && modelc_pad_inside(p, 1, i1) && modelc_pad_inside(p, 2, i2) &&
                        modelc_pad_inside(p, 3, i3)) {
                        to = modelc_pad_fill(p, to, p->before[4]);
                        memcpy(to, from, (size_t)run);
                        from += run;
                        to = modelc_pad_fill(p, to + run, p->out_extent[4] - p->before[4] - p->in_extent[4]);
                    } else {
                        to = modelc_pad_fill(p, to, p->out_extent[4]);
                    }
                }
            }
        }
    }
}

#endif
