/* AVERAGE_POOL_2D and MAX_POOL_2D, int8. ISA: scalar. Cells outside the image do not count. */
#ifndef MODELC_POOL_2D_S8_H
#define MODELC_POOL_2D_S8_H

#include "modelc_window.h"

typedef struct {
    modelc_window window;
    int32_t out_min, out_max;
} modelc_pool_2d_s8;

/* Mean of `count` codes, rounded half away from zero, clamped. */
MODELC_INLINE int8_t modelc_pool_mean(const modelc_pool_2d_s8 *p, int32_t sum, int32_t count)
{
    const int32_t half = count / 2;
    return modelc_saturate((sum > 0 ? sum + half : sum - half) / count, 0, p->out_min, p->out_max);
}

/* Columns of the image under output column x. */
MODELC_INLINE void modelc_pool_columns(const modelc_window *w, int32_t x, int32_t *begin, int32_t *end)
{
    const int32_t left = x * w->stride_w - w->pad_left;
    *begin = modelc_max(left, 0);
    *end = modelc_min(left + w->kernel_w, w->in_w);
}

/* One output row from `row_count` input rows inside the image. */
MODELC_INLINE void modelc_average_pool_2d_s8_row(const modelc_pool_2d_s8 *p, const int8_t *const *rows,
                                                 int32_t row_count, int8_t *out)
{
    const modelc_window *w = &p->window;
    for (int32_t x = 0; x < w->out_w; x++) {
        int32_t begin;
        int32_t end;
        modelc_pool_columns(w, x, &begin, &end);
        const int32_t count = row_count * (end - begin);
        for (int32_t c = 0; c < w->in_c; c++) {
            int32_t sum = 0;
            for (int32_t y = 0; y < row_count; y++) {
                for (int32_t ix = begin; ix < end; ix++) {
                    sum += rows[y][ix * w->in_c + c];
                }
            }
            out[x * w->in_c + c] = modelc_pool_mean(p, sum, count);
        }
    }
}

MODELC_INLINE void modelc_max_pool_2d_s8_row(const modelc_pool_2d_s8 *p, const int8_t *const *rows, int32_t row_count,
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

/* Collects the input rows under output row y; returns how many there are, at most min(kernel_h, in_h). That limit is
 * in the loop because compilers cannot derive it, and warn of a write past the room that there is. */
MODELC_INLINE int32_t modelc_pool_rows(const modelc_window *w, const int8_t *in, int32_t y, const int8_t **rows)
{
    const int32_t top = y * w->stride_h - w->pad_top;
    const int32_t begin = modelc_max(top, 0);
    const int32_t end = modelc_min(top + w->kernel_h, w->in_h);
    const int32_t room = modelc_min(w->kernel_h, w->in_h);
    int32_t count = 0;
    for (; count < room && begin + count < end; count++) {
        rows[count] = in + (ptrdiff_t)(begin + count) * w->in_w * w->in_c;
    }
    return count;
}

/* The whole layer. `rows` is room for min(kernel_h, in_h) pointers. */
MODELC_INLINE void modelc_average_pool_2d_s8_layer(const modelc_pool_2d_s8 *p, const int8_t *in, int8_t *out,
                                                   const int8_t **rows)
{
    const modelc_window *w = &p->window;
    for (int32_t batch = 0; batch < w->batches; batch++) {
        for (int32_t y = 0; y < w->out_h; y++) {
            modelc_average_pool_2d_s8_row(p, rows, modelc_pool_rows(w, in, y, rows), out);
            out += w->out_w * w->in_c;
        }
        in += w->in_h * w->in_w * w->in_c;
    }
}

MODELC_INLINE void modelc_max_pool_2d_s8_layer(const modelc_pool_2d_s8 *p, const int8_t *in, int8_t *out,
                                               const int8_t **rows)
{
    const modelc_window *w = &p->window;
    for (int32_t batch = 0; batch < w->batches; batch++) {
        for (int32_t y = 0; y < w->out_h; y++) {
            modelc_max_pool_2d_s8_row(p, rows, modelc_pool_rows(w, in, y, rows), out);
            out += w->out_w * w->in_c;
        }
        in += w->in_h * w->in_w * w->in_c;
    }
}

#endif
