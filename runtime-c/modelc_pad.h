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

/* Output row `row`, counted through the four outer dimensions. `ring` as for modelc_row_offset, in input rows. */
MODELC_INLINE void modelc_pad_row(const modelc_pad *p, int32_t row, const void *in, int32_t ring, void *out)
{
    const int32_t run = p->in_extent[4] * p->element_bytes;
    const int32_t i3 = row % p->out_extent[3];
    const int32_t i2 = row / p->out_extent[3] % p->out_extent[2];
    const int32_t i1 = row / p->out_extent[3] / p->out_extent[2] % p->out_extent[1];
    const int32_t i0 = row / p->out_extent[3] / p->out_extent[2] / p->out_extent[1];
    uint8_t *to = (uint8_t *)out;
    if (modelc_pad_inside(p, 0, i0) && modelc_pad_inside(p, 1, i1) && modelc_pad_inside(p, 2, i2) &&
        modelc_pad_inside(p, 3, i3)) {
        const int32_t source = (((i0 - p->before[0]) * p->in_extent[1] + i1 - p->before[1]) * p->in_extent[2] + i2 -
                                p->before[2]) *
                                   p->in_extent[3] +
                               i3 - p->before[3];
        to = modelc_pad_fill(p, to, p->before[4]);
        memcpy(to, (const uint8_t *)in + modelc_row_offset(source, ring, run), (size_t)run);
        (void)modelc_pad_fill(p, to + run, p->out_extent[4] - p->before[4] - p->in_extent[4]);
    } else {
        (void)modelc_pad_fill(p, to, p->out_extent[4]);
    }
}

#endif
