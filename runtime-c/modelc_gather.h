/* STRIDED_SLICE and TRANSPOSE, elements of any size. ISA: scalar. */
#ifndef MODELC_GATHER_H
#define MODELC_GATHER_H

#include "modelc_base.h"

#define MODELC_GATHER_DIMS 5

/* Output element (i0 .. i4) comes from input element base + sum of ik * stride[k]. Strides in elements, may be
 * negative. */
typedef struct {
    int32_t base;
    int32_t element_bytes;
    int32_t extent[MODELC_GATHER_DIMS]; /* outermost first */
    int32_t stride[MODELC_GATHER_DIMS];
} modelc_gather;

/* The innermost run of a gather: `count` elements from `from`, `stride` elements apart. */
MODELC_INLINE void modelc_gather_row(uint8_t *to, const uint8_t *from, int32_t count, int32_t stride,
                                     int32_t element_bytes)
{
    if (stride == 1) {
        memcpy(to, from, (size_t)(count * element_bytes));
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        memcpy(to + i * element_bytes, from + i * stride * element_bytes, (size_t)element_bytes);
    }
}

MODELC_INLINE void modelc_gather_whole(const modelc_gather *p, const void *in, void *out)
{
    const uint8_t *from = (const uint8_t *)in;
    uint8_t *to = (uint8_t *)out;
    for (int32_t i0 = 0; i0 < p->extent[0]; i0++) {
        for (int32_t i1 = 0; i1 < p->extent[1]; i1++) {
            for (int32_t i2 = 0; i2 < p->extent[2]; i2++) {
                for (int32_t i3 = 0; i3 < p->extent[3]; i3++) {
                    const int32_t start = p->base + i0 * p->stride[0] + i1 * p->stride[1] + i2 * p->stride[2] +
                                          i3 * p->stride[3];
                    modelc_gather_row(to, from + start * p->element_bytes, p->extent[4], p->stride[4],
                                      p->element_bytes);
                    to += p->extent[4] * p->element_bytes;
                }
            }
        }
    }
}

#endif
