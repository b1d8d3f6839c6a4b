/* QUANTIZE, float32 to int8: round(x / scale) half away from zero, plus the zero point, clamped; NaN gives the zero
 * point. Needs IEEE single-precision division; no library function. The output may be the memory of the input. */
#ifndef MODELC_QUANTIZE_F32_S8_H
#define MODELC_QUANTIZE_F32_S8_H

#include "modelc_base.h"

MODELC_INLINE int8_t modelc_quantize_f32_s8(float x, float scale, int32_t zero_point)
{
    const float scaled = x / scale;
    /* beyond +-1024 every zero point saturates; the comparisons are false for NaN */
    int32_t rounded = scaled > 1024.0f ? 1024 : scaled < -1024.0f ? -1024 : 0;
    if (scaled >= -1024.0f && scaled <= 1024.0f) {
        rounded = (int32_t)scaled;
        const float rest = scaled - (float)rounded;
        rounded += rest >= 0.5f ? 1 : rest <= -0.5f ? -1 : 0;
    }
    return modelc_saturate(rounded, zero_point, INT8_MIN, INT8_MAX);
}

MODELC_INLINE void modelc_quantize_f32_s8_run(const float *in, int8_t *out, int32_t count, float scale,
                                                int32_t zero_point)
{
    for (int32_t i = 0; i < count; i++) {
        out[i] = modelc_quantize_f32_s8(in[i], scale, zero_point);
    }
}

#endif
