/* What AVERAGE_POOL_2D and MAX_POOL_2D share. Cells outside the image do not count. */
#ifndef MODELC_POOL_2D_H
#define MODELC_POOL_2D_H

#include "modelc_window.h"

typedef struct {
    modelc_window window;
    int32_t out_min, out_max;
} modelc_pool_2d;

/* Columns of the image under output column x. */
MODELC_INLINE void modelc_pool_columns(const modelc_window *w, int32_t x, int32_t *begin, int32_t *end)
{
    const int32_t left = x * w->stride_w - w->pad_left;
    *begin = modelc_max(left, 0);
    *end = modelc_min(left + w->kernel_w, w->in_w);
}

/* Collects the input rows under output row `event`, counted through all batches, in room for min(kernel_h, in_h) of them;
 * returns how many there are. `ring` as for modelc_row_offset. The rest of the room is not read, but compilers cannot see
 * it and warn of pointers without a value. */
MODELC_INLINE int32_t modelc_pool_rows(const modelc_window *w, const int8_t *in, int32_t ring, int32_t event,
                                       const int8_t **rows)
{
    int32_t batch;
    const int32_t top = modelc_window_row(w, event, &batch) * w->stride_h - w->pad_top;
    const int32_t begin = modelc_max(top, 0);
    const int32_t count = modelc_min(top + w->kernel_h, w->in_h) - begin;
    const int32_t room = modelc_min(w->kernel_h, w->in_h);
    for (int32_t i = 0; i < room; i++) {
        rows[i] = i < count ? in + modelc_row_offset(batch * w->in_h + begin + i, ring, w->in_w * w->in_c) : in;
    }
    /* no more than there is room for, which compilers cannot derive either */
    return modelc_max(modelc_min(count, room), 0);
}

#endif
