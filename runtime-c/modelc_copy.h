/* RESHAPE and others where the output has memory of its own, and values known at compile time. ISA: scalar. */
#ifndef MODELC_COPY_H
#define MODELC_COPY_H

#include "modelc_base.h"

MODELC_INLINE void modelc_copy(void *out, const void *in, size_t bytes)
{
    memcpy(out, in, bytes);
}

#endif
