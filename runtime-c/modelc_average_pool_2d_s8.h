/* AVERAGE_POOL_2D, int8. ISA: scalar. Cells outside the image do not count. */
#ifndef MODELC_AVERAGE_POOL_2D_S8_H
#define MODELC_AVERAGE_POOL_2D_S8_H

#include "modelc_pool_2d.h"

/* Mean of `count` codes, rounded half away from zero, clamped. The sum is modulo 2^32, as in the reference. */
MODELC_INLINE int8_t modelc_pool_mean(const modelc_pool_2d *p, uint32_t sum, int32_t count)
{
    const uint32_t half = (uint32_t)count / 2u;
    const int32_t rounded = (int32_t)((int32_t)sum > 0 ? sum + half : sum - half);
    return modelc_saturate(rounded / count, 0, p->out_min, p->out_max);
}

/* One output row from `row_count` input rows inside the image. */
MODELC_INLINE void modelc_average_pool_2d_s8_row(const modelc_pool_2d *p, const int8_t *const *rows,
                                                 int32_t row_count, int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t x = 0; x < w->out_w; x++) {
        int32_t begin;
        int32_t end;
        modelc_pool_columns(w, x, &begin, &end);
        const int32_t count = row_count * (end - begin);
        for (int32_t c = 0; c < w->in_c; c++) {
            uint32_t sum = 0;
            for (int32_t y = 0; y < row_count; y++) {
                for (int32_t ix = begin; ix < end; ix++) {
                    const int32_t value = rows[y][ix * w->in_c + c];
                    sum += (uint32_t)value;
                }
            }
            out[x * w->in_c + c] = modelc_pool_mean(p, sum, count);
        }
    }
}

/* One output pixel, in_c bytes; `taps` as modelc_window_taps gives them. */
MODELC_INLINE void modelc_average_pool_2d_s8_pixel(const modelc_pool_2d *p, const int8_t *const *taps, int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t c = 0; c < w->in_c; c++) {
        uint32_t sum = 0;
        int32_t count = 0;
        for (int32_t t = 0; t < w->kernel_h * w->kernel_w; t++) {
            if (taps[t] != NULL) {
                const int32_t value = taps[t][c];
                sum += (uint32_t)value;
                count++;
            }
        }
        out[c] = modelc_pool_mean(p, sum, count);
    }
}

/* A pool over the whole image, in parts of `pixels` pixels: adds a part to the sums of the channels, which `first`
 * starts. */
MODELC_INLINE void modelc_average_pool_2d_s8_accumulate(const modelc_pool_2d *p, const int8_t *part, int32_t pixels,
                                                        int first, uint32_t *sums)
{
    const modelc_window *w = &p->window;
    for (int32_t c = 0; c < w->in_c; c++) {
        uint32_t sum = first ? 0 : sums[c];
        for (int32_t i = 0; i < pixels; i++) {
            const int32_t value = part[i * w->in_c + c];
            sum += (uint32_t)value;
        }
        sums[c] = sum;
    }
}

/* The one output pixel, from the sums of all parts. */
MODELC_INLINE void modelc_average_pool_2d_s8_finish(const modelc_pool_2d *p, const uint32_t *sums, int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t c = 0; c < w->in_c; c++) {
        out[c] = modelc_pool_mean(p, sums[c], w->in_h * w->in_w);
    }
}

#endif
