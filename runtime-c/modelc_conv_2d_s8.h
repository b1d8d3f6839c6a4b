/* CONV_2D, int8 activations and weights, int32 bias, per-channel requantisation. ISA: scalar.
 *
 * Weights: for each group, pairs of output channels interleaved tap by tap, [pair][kernel_h][kernel_w][kernel_c][2];
 *          if a group has an odd number of channels its last one follows alone, [kernel_h][kernel_w][kernel_c].
 * Channels: { bias - in_zero * sum of weights, multiplier, right shift } for each output channel.
 * Rows: the kernel reads input rows through pointers, so the rows may lie anywhere; nothing but the rows' own
 *       in_w * in_c bytes is read. No alignment is required. */
#ifndef MODELC_CONV_2D_S8_H
#define MODELC_CONV_2D_S8_H

#include "modelc_window.h"

typedef struct {
    modelc_window window;
    int32_t kernel_c; /* input channels per group */
    int32_t narrow;   /* see modelc_requantize_channel */
    int32_t in_zero, out_zero, out_min, out_max;
} modelc_conv_2d_s8;

/* Accumulators of a block: pixel first, channel second. Unused ones are optimised away. */
typedef struct {
    uint32_t a00, a01, a10, a11, a20, a21;
} modelc_conv_2d_s8_block;

/* Accumulates `count` taps for `pixels` (1, 2 or 3) windows, `pixel_step` bytes apart, and `lanes` (1 or 2) channels. */
MODELC_INLINE modelc_conv_2d_s8_block modelc_conv_2d_s8_dot(modelc_conv_2d_s8_block acc, const int8_t *in,
                                                            int32_t pixel_step, const int8_t *weights, int32_t count,
                                                            int32_t pixels, int32_t lanes)
{
    const int8_t *in1 = pixels >= 2 ? in + pixel_step : in;
    const int8_t *in2 = pixels == 3 ? in1 + pixel_step : in1;
    MODELC_UNROLL_4
    for (int32_t i = 0; i < count; i++) {
        const int32_t w0 = weights[0];
        const int32_t x0 = in[i];
        acc.a00 += (uint32_t)(x0 * w0);
        if (lanes == 2) {
            const int32_t w1 = weights[1];
            acc.a01 += (uint32_t)(x0 * w1);
            if (pixels >= 2) {
                const int32_t x1 = in1[i];
                acc.a10 += (uint32_t)(x1 * w0);
                acc.a11 += (uint32_t)(x1 * w1);
            }
            if (pixels == 3) {
                const int32_t x2 = in2[i];
                acc.a20 += (uint32_t)(x2 * w0);
                acc.a21 += (uint32_t)(x2 * w1);
            }
        } else {
            if (pixels >= 2) {
                const int32_t x1 = in1[i];
                acc.a10 += (uint32_t)(x1 * w0);
            }
            if (pixels == 3) {
                const int32_t x2 = in2[i];
                acc.a20 += (uint32_t)(x2 * w0);
            }
        }
        weights += lanes;
    }
    return acc;
}

/* Requantises and stores the `lanes` channels of one pixel. */
MODELC_INLINE void modelc_conv_2d_s8_store(const modelc_conv_2d_s8 *p, uint32_t acc0, uint32_t acc1, int32_t lanes,
                                           const int32_t *channels, int8_t *out)
{
    out[0] = modelc_requantize_channel(acc0, channels, p->narrow, p->out_zero, p->out_min, p->out_max);
    if (lanes == 2) {
        out[1] = modelc_requantize_channel(acc1, channels + 3, p->narrow, p->out_zero, p->out_min, p->out_max);
    }
}

/* `pixels` output pixels from column x on whose windows lie inside the image horizontally. */
MODELC_INLINE void modelc_conv_2d_s8_interior(const modelc_conv_2d_s8 *p, const int8_t *const *rows, int32_t ky_begin,
                                              int32_t ky_end, int32_t first_c, int32_t x, int32_t pixels,
                                              int32_t lanes, const uint32_t *init, const int8_t *weights,
                                              const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t pixel_step = w->stride_w * w->in_c;
    const int32_t row_weights = w->kernel_w * p->kernel_c * lanes;
    modelc_conv_2d_s8_block acc = { init[0], init[1], init[0], init[1], init[0], init[1] };
    for (int32_t ky = ky_begin; ky < ky_end; ky++) {
        const int8_t *in = rows[ky] + (x * w->stride_w - w->pad_left) * w->in_c + first_c;
        const int8_t *row = weights + ky * row_weights;
        if (w->dilation_w == 1 && p->kernel_c == w->in_c) {
            acc = modelc_conv_2d_s8_dot(acc, in, pixel_step, row, w->kernel_w * p->kernel_c, pixels, lanes);
        } else {
            for (int32_t kx = 0; kx < w->kernel_w; kx++) {
                acc = modelc_conv_2d_s8_dot(acc, in + kx * w->dilation_w * w->in_c, pixel_step,
                                            row + kx * p->kernel_c * lanes, p->kernel_c, pixels, lanes);
            }
        }
    }
    modelc_conv_2d_s8_store(p, acc.a00, acc.a01, lanes, channels, out + x * w->out_c);
    if (pixels >= 2) {
        modelc_conv_2d_s8_store(p, acc.a10, acc.a11, lanes, channels, out + (x + 1) * w->out_c);
    }
    if (pixels == 3) {
        modelc_conv_2d_s8_store(p, acc.a20, acc.a21, lanes, channels, out + (x + 2) * w->out_c);
    }
}

/* One output pixel whose window sticks out of the image horizontally: outside taps read the input zero point. */
MODELC_INLINE void modelc_conv_2d_s8_border(const modelc_conv_2d_s8 *p, const int8_t *const *rows, int32_t ky_begin,
                                            int32_t ky_end, int32_t first_c, int32_t x, int32_t lanes,
                                            const uint32_t *init, const int8_t *weights, const int32_t *channels,
                                            int8_t *out)
{
    const modelc_window *w = &p->window;
    modelc_conv_2d_s8_block acc = { init[0], init[1], 0, 0, 0, 0 };
    uint32_t outside0 = 0;
    uint32_t outside1 = 0;
    for (int32_t ky = ky_begin; ky < ky_end; ky++) {
        MODELC_UNROLL_8
        for (int32_t kx = 0; kx < w->kernel_w; kx++) {
            const int32_t ix = x * w->stride_w - w->pad_left + kx * w->dilation_w;
            const int8_t *tap = weights + (ky * w->kernel_w + kx) * p->kernel_c * lanes;
            if (ix >= 0 && ix < w->in_w) {
                acc = modelc_conv_2d_s8_dot(acc, rows[ky] + ix * w->in_c + first_c, 0, tap, p->kernel_c, 1, lanes);
            } else {
                for (int32_t c = 0; c < p->kernel_c; c++) {
                    const int32_t w0 = tap[c * lanes];
                    const int32_t w1 = tap[c * lanes + lanes - 1];
                    outside0 += (uint32_t)w0;
                    outside1 += (uint32_t)w1;
                }
            }
        }
    }
    acc.a00 += outside0 * (uint32_t)p->in_zero;
    acc.a01 += outside1 * (uint32_t)p->in_zero;
    modelc_conv_2d_s8_store(p, acc.a00, acc.a01, lanes, channels, out + x * w->out_c);
}

/* All pixels of one output row for `lanes` channels. */
MODELC_INLINE void modelc_conv_2d_s8_lanes(const modelc_conv_2d_s8 *p, const int8_t *const *rows, int32_t ky_begin,
                                           int32_t ky_end, int32_t first_c, int32_t lanes, const int8_t *weights,
                                           const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t row_taps = w->kernel_w * p->kernel_c;
    /* pairs of pixels; of an odd number the last three together, because one alone loads more for each product */
    const int32_t interior = modelc_interior_end(w) - modelc_interior_begin(w);
    const int32_t pairs_end = modelc_interior_begin(w) + (interior % 2 == 0 ? interior : modelc_max(interior - 3, 0));
    /* kernel rows outside the image read the input zero point */
    uint32_t init[2] = { 0, 0 };
    for (int32_t lane = 0; lane < lanes; lane++) {
        uint32_t outside = 0;
        for (int32_t i = 0; i < ky_begin * row_taps; i++) {
            const int32_t weight = weights[i * lanes + lane];
            outside += (uint32_t)weight;
        }
        for (int32_t i = ky_end * row_taps; i < w->kernel_h * row_taps; i++) {
            const int32_t weight = weights[i * lanes + lane];
            outside += (uint32_t)weight;
        }
        init[lane] = (uint32_t)channels[3 * lane] + outside * (uint32_t)p->in_zero;
    }
    int32_t x = 0;
    for (; x < modelc_interior_begin(w); x++) {
        modelc_conv_2d_s8_border(p, rows, ky_begin, ky_end, first_c, x, lanes, init, weights, channels, out);
    }
    for (; x < pairs_end; x += 2) {
        modelc_conv_2d_s8_interior(p, rows, ky_begin, ky_end, first_c, x, 2, lanes, init, weights, channels, out);
    }
    if (interior % 2 != 0) {
        const int32_t left = interior == 1 ? 1 : 3;
        modelc_conv_2d_s8_interior(p, rows, ky_begin, ky_end, first_c, x, left, lanes, init, weights, channels, out);
        x += left;
    }
    for (; x < w->out_w; x++) {
        modelc_conv_2d_s8_border(p, rows, ky_begin, ky_end, first_c, x, lanes, init, weights, channels, out);
    }
}

/* One output row, out_w * out_c bytes. rows[ky_begin .. ky_end) are the input rows inside the image. */
MODELC_INLINE void modelc_conv_2d_s8_row(const modelc_conv_2d_s8 *p, const int8_t *const *rows, int32_t ky_begin,
                                         int32_t ky_end, const int8_t *weights, const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t taps = w->kernel_h * w->kernel_w * p->kernel_c;
    const int32_t groups = w->in_c / p->kernel_c;
    const int32_t group_channels = w->out_c / groups;
    for (int32_t group = 0; group < groups; group++) {
        const int32_t first_c = group * p->kernel_c;
        const int32_t first = group * group_channels;
        int32_t oc = first;
        for (; oc + 1 < first + group_channels; oc += 2) {
            modelc_conv_2d_s8_lanes(p, rows, ky_begin, ky_end, first_c, 2, weights + oc * taps, channels + 3 * oc,
                                    out + oc);
        }
        if (group_channels % 2 != 0) {
            modelc_conv_2d_s8_lanes(p, rows, ky_begin, ky_end, first_c, 1, weights + oc * taps, channels + 3 * oc,
                                    out + oc);
        }
    }
}

/* `lanes` channels of one output pixel; `taps` as modelc_window_taps gives them. */
MODELC_INLINE void modelc_conv_2d_s8_taps(const modelc_conv_2d_s8 *p, const int8_t *const *taps, int32_t first_c,
                                          int32_t lanes, const int8_t *weights, const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    modelc_conv_2d_s8_block acc = { (uint32_t)channels[0], lanes == 2 ? (uint32_t)channels[3] : 0, 0, 0, 0, 0 };
    uint32_t outside0 = 0;
    uint32_t outside1 = 0;
    for (int32_t t = 0; t < w->kernel_h * w->kernel_w; t++) {
        const int8_t *tap = weights + t * p->kernel_c * lanes;
        if (taps[t] != NULL) {
            acc = modelc_conv_2d_s8_dot(acc, taps[t] + first_c, 0, tap, p->kernel_c, 1, lanes);
        } else {
            for (int32_t c = 0; c < p->kernel_c; c++) {
                const int32_t weight0 = tap[c * lanes];
                const int32_t weight1 = tap[c * lanes + lanes - 1];
                outside0 += (uint32_t)weight0;
                outside1 += (uint32_t)weight1;
            }
        }
    }
    acc.a00 += outside0 * (uint32_t)p->in_zero;
    acc.a01 += outside1 * (uint32_t)p->in_zero;
    modelc_conv_2d_s8_store(p, acc.a00, acc.a01, lanes, channels, out);
}

/* One output pixel, out_c bytes: for images whose pixels pass through a ring. Reads no tap once the pixel is written. */
MODELC_INLINE void modelc_conv_2d_s8_pixel(const modelc_conv_2d_s8 *p, const int8_t *const *taps,
                                           const int8_t *weights, const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t filter = w->kernel_h * w->kernel_w * p->kernel_c;
    const int32_t groups = w->in_c / p->kernel_c;
    const int32_t group_channels = w->out_c / groups;
    for (int32_t group = 0; group < groups; group++) {
        const int32_t first_c = group * p->kernel_c;
        const int32_t first = group * group_channels;
        int32_t oc = first;
        for (; oc + 1 < first + group_channels; oc += 2) {
            modelc_conv_2d_s8_taps(p, taps, first_c, 2, weights + oc * filter, channels + 3 * oc, out + oc);
        }
        if (group_channels % 2 != 0) {
            modelc_conv_2d_s8_taps(p, taps, first_c, 1, weights + oc * filter, channels + 3 * oc, out + oc);
        }
    }
}

#endif
