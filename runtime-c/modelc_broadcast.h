/* Loop nest of element-wise operators with two inputs, NumPy broadcasting. The output is contiguous. */
#ifndef MODELC_BROADCAST_H
#define MODELC_BROADCAST_H

#include "modelc_base.h"

#define MODELC_BROADCAST_DIMS 5

typedef struct {
    int32_t extent[MODELC_BROADCAST_DIMS];    /* outermost first */
    int32_t stride[2][MODELC_BROADCAST_DIMS]; /* elements; 0 where an input repeats */
} modelc_broadcast;

/* Element of input `input` at the start of the innermost run with outer indices i0 .. i3. */
MODELC_INLINE int32_t modelc_broadcast_run(const modelc_broadcast *b, int32_t input, int32_t i0, int32_t i1, int32_t i2,
                                           int32_t i3)
{
    const int32_t *stride = b->stride[input];
    return i0 * stride[0] + i1 * stride[1] + i2 * stride[2] + i3 * stride[3];
}

#endif
