/* CONCATENATION, PACK, SPLIT and SPLIT_V, elements of any size. ISA: scalar. */
#ifndef MODELC_COPY_BLOCKS_H
#define MODELC_COPY_BLOCKS_H

#include "modelc_base.h"

/* `count` blocks of `block` bytes; starts and strides in bytes. */
MODELC_INLINE void modelc_copy_blocks(void *out, int32_t out_start, int32_t out_stride, const void *in,
                                      int32_t in_start, int32_t in_stride, int32_t block, int32_t count)
{
    uint8_t *to = (uint8_t *)out + out_start;
    const uint8_t *from = (const uint8_t *)in + in_start;
    for (int32_t i = 0; i < count; i++) {
        memcpy(to + i * out_stride, from + i * in_stride, (size_t)block);
    }
}

#endif
