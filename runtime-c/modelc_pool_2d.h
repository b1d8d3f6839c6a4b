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

/* Collects the input rows under output row `event`, counted through all batches; returns how many there are, at most min(kernel_h, in_h). That limit is
 * in the loop because compilers cannot derive it, and warn of a write past the room that there is. `ring` as for modelc_row_offset. */
MODELC_INLINE int32_t modelc_pool_rows(const modelc_window *w, const int8_t *in, int32_t ring, int32_t event,
                                       const int8_t **rows)
{
    int32_t batch;
    const int32_t top = modelc_window_row(w, event, &batch) * w->stride_h - w->pad_top;
    const int32_t begin = modelc_max(top, 0);
    const int32_t end = modelc_min(top + w->kernel_h, w->in_h);
    const int32_t room = modelc_min(w->kernel_h, w->in_h);
    int32_t count = 0;
    for (; count < room && begin + count < end; count++) {
        rows[count] = in + modelc_row_offset(batch * w->in_h + begin + count, ring, w->in_w * w->in_c);
    }
    return count;
}

#endif
