/* Sliding windows over NHWC tensors, shared by convolution and pooling. */
#ifndef MODELC_WINDOW_H
#define MODELC_WINDOW_H

#include "modelc_base.h"

typedef struct {
    int32_t batches;
    int32_t in_h, in_w, in_c;
    int32_t out_h, out_w, out_c;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t dilation_h, dilation_w;
    int32_t pad_top, pad_left;
} modelc_window;

/* First output column whose whole window lies right of the image's left edge. */
MODELC_INLINE int32_t modelc_interior_begin(const modelc_window *w)
{
    return modelc_min((w->pad_left + w->stride_w - 1) / w->stride_w, w->out_w);
}

/* One past the last output column whose whole window lies left of the image's right edge. */
MODELC_INLINE int32_t modelc_interior_end(const modelc_window *w)
{
    const int32_t room = w->in_w + w->pad_left - ((w->kernel_w - 1) * w->dilation_w + 1);
    const int32_t end = room < 0 ? 0 : room / w->stride_w + 1;
    return modelc_max(modelc_min(end, w->out_w), modelc_interior_begin(w));
}

/* Row `event` of the output, counted through all batches, as a row of its image; its batch in *batch. */
MODELC_INLINE int32_t modelc_window_row(const modelc_window *w, int32_t event, int32_t *batch)
{
    *batch = w->batches == 1 ? 0 : event / w->out_h;
    return event - *batch * w->out_h;
}

/* Fills rows[begin .. end) with the input rows under output row `event`; [begin, end) are the kernel rows inside the
 * image, empty (begin >= end) when there are none. `ring` as for modelc_row_offset. */
MODELC_INLINE void modelc_window_rows(const modelc_window *w, const int8_t *in, int32_t ring, int32_t event,
                                      const int8_t **rows, int32_t *begin, int32_t *end)
{
    int32_t batch;
    const int32_t top = modelc_window_row(w, event, &batch) * w->stride_h - w->pad_top;
    *begin = 0;
    *end = 0;
    for (int32_t ky = 0; ky < w->kernel_h; ky++) {
        const int32_t iy = top + ky * w->dilation_h;
        if (iy < 0) {
            *begin = ky + 1;
        }
        if (iy < w->in_h) {
            *end = ky + 1;
        }
        /* rows outside are not read, but compilers cannot see it and warn of pointers without a value */
        rows[ky] = iy >= 0 && iy < w->in_h ? in + modelc_row_offset(batch * w->in_h + iy, ring, w->in_w * w->in_c) : in;
    }
}

/* The same for windows that never leave the image vertically: all kernel rows are inside, for every event. */
MODELC_INLINE void modelc_window_inner_rows(const modelc_window *w, const int8_t *in, int32_t ring, int32_t event,
                                            const int8_t **rows)
{
    int32_t batch;
    const int32_t top = modelc_window_row(w, event, &batch) * w->stride_h;
    for (int32_t ky = 0; ky < w->kernel_h; ky++) {
        rows[ky] = in + modelc_row_offset(batch * w->in_h + top + ky * w->dilation_h, ring, w->in_w * w->in_c);
    }
}

/* Fills taps[kernel_h * kernel_w] with the pixels under output pixel `event`, counted row by row through all batches;
 * NULL outside the image. `ring` as for modelc_row_offset, in pixels. */
MODELC_INLINE void modelc_window_taps(const modelc_window *w, const int8_t *in, int32_t ring, int32_t event,
                                      const int8_t **taps)
{
    const int32_t row = event / w->out_w;
    int32_t batch;
    const int32_t top = modelc_window_row(w, row, &batch) * w->stride_h - w->pad_top;
    const int32_t left = (event - row * w->out_w) * w->stride_w - w->pad_left;
    for (int32_t ky = 0; ky < w->kernel_h; ky++) {
        const int32_t iy = top + ky * w->dilation_h;
        for (int32_t kx = 0; kx < w->kernel_w; kx++) {
            const int32_t ix = left + kx * w->dilation_w;
            const int32_t inside = iy >= 0 && iy < w->in_h && ix >= 0 && ix < w->in_w;
            const int32_t pixel = (batch * w->in_h + iy) * w->in_w + ix;
            taps[ky * w->kernel_w + kx] = inside ? in + modelc_row_offset(pixel, ring, w->in_c) : NULL;
        }
    }
}

#endif
