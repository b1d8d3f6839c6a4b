/* Any function of one 8-bit code (RELU, LOGISTIC, requantisation ...) as a table of 256 bytes. ISA: scalar.
 * Table: output byte for each input byte read as unsigned. The output may be the memory of the input. */
#ifndef MODELC_LOOKUP_8_H
#define MODELC_LOOKUP_8_H

#include "modelc_base.h"

MODELC_INLINE void modelc_lookup_8_run(const void *in, void *out, int32_t count, const uint8_t *table)
{
    const uint8_t *from = (const uint8_t *)in;
    uint8_t *to = (uint8_t *)out;
    MODELC_UNROLL_4
    for (int32_t i = 0; i < count; i++) {
        to[i] = table[from[i]];
    }
}

#endif
