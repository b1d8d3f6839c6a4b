/* DEQUANTIZE, int8 to float32: scale * (code - zero point), one rounding. */
#ifndef MODELC_DEQUANTIZE_S8_F32_H
#define MODELC_DEQUANTIZE_S8_F32_H

#include "modelc_base.h"

MODELC_INLINE void modelc_dequantize_s8_f32_run(const int8_t *in, float *out, int32_t count, float scale,
                                                  int32_t zero_point)
{
    for (int32_t i = 0; i < count; i++) {
        out[i] = scale * (float)(in[i] - zero_point);
    }
}

#endif
