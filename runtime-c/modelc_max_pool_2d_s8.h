/* MAX_POOL_2D, int8. ISA: scalar. Cells outside the image do not count. */
#ifndef MODELC_MAX_POOL_2D_S8_H
#define MODELC_MAX_POOL_2D_S8_H

#include "modelc_pool_2d.h"

/* One output row from `row_count` input rows inside the image. */
MODELC_INLINE void modelc_max_pool_2d_s8_row(const modelc_pool_2d *p, const int8_t *const *rows, int32_t row_count,
                                             int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t x = 0; x < w->out_w; x++) {
        int32_t begin;
        int32_t end;
        modelc_pool_columns(w, x, &begin, &end);
        for (int32_t c = 0; c < w->in_c; c++) {
            int32_t largest = INT8_MIN;
            for (int32_t y = 0; y < row_count; y++) {
                for (int32_t ix = begin; ix < end; ix++) {
                    largest = modelc_max(largest, rows[y][ix * w->in_c + c]);
                }
            }
            out[x * w->in_c + c] = modelc_saturate(largest, 0, p->out_min, p->out_max);
        }
    }
}

/* One output pixel, in_c bytes; `taps` as modelc_window_taps gives them. */
MODELC_INLINE void modelc_max_pool_2d_s8_pixel(const modelc_pool_2d *p, const int8_t *const *taps, int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t c = 0; c < w->in_c; c++) {
        int32_t largest = INT8_MIN;
        for (int32_t t = 0; t < w->kernel_h * w->kernel_w; t++) {
            if (taps[t] != NULL) {
                largest = modelc_max(largest, taps[t][c]);
            }
        }
        out[c] = modelc_saturate(largest, 0, p->out_min, p->out_max);
    }
}

#endif
