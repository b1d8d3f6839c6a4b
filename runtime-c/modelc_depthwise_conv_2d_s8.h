/* DEPTHWISE_CONV_2D, int8 activations and weights, int32 bias, per-channel requantisation. ISA: scalar.
 *
 * Weights: [output channel][kernel_h][kernel_w].
 * Channels: { bias - in_zero * sum of weights, multiplier, right shift } for each output channel.
 * Rows: as in modelc_conv_2d_s8.h. */
#ifndef MODELC_DEPTHWISE_CONV_2D_S8_H
#define MODELC_DEPTHWISE_CONV_2D_S8_H

#include "modelc_window.h"

typedef struct {
    modelc_window window;
    int32_t depth_multiplier;
    int32_t narrow; /* see modelc_requantize_channel */
    int32_t in_zero, out_zero, out_min, out_max;
} modelc_depthwise_conv_2d_s8;

/* `pixels` (1 or 2) output pixels from column x on whose windows lie inside the image horizontally. */
MODELC_INLINE void modelc_depthwise_conv_2d_s8_interior(const modelc_depthwise_conv_2d_s8 *p, const int8_t *const *rows,
                                                        int32_t ky_begin, int32_t ky_end, int32_t ic, int32_t x,
                                                        int32_t pixels, uint32_t init, const int8_t *weights,
                                                        const int32_t *channel, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t pixel_step = w->stride_w * w->in_c;
    const int32_t tap_step = w->dilation_w * w->in_c;
    uint32_t acc0 = init;
    uint32_t acc1 = init;
    for (int32_t ky = ky_begin; ky < ky_end; ky++) {
        const int8_t *in = rows[ky] + (x * w->stride_w - w->pad_left) * w->in_c + ic;
        const int8_t *row = weights + ky * w->kernel_w;
        MODELC_UNROLL_8
        for (int32_t kx = 0; kx < w->kernel_w; kx++) {
            acc0 += (uint32_t)(in[kx * tap_step] * row[kx]);
            if (pixels == 2) {
                acc1 += (uint32_t)(in[kx * tap_step + pixel_step] * row[kx]);
            }
        }
    }
    out[x * w->out_c] = modelc_requantize_channel(acc0, channel, p->narrow, p->out_zero, p->out_min, p->out_max);
    if (pixels == 2) {
        out[(x + 1) * w->out_c] =
            modelc_requantize_channel(acc1, channel, p->narrow, p->out_zero, p->out_min, p->out_max);
    }
}

/* One output pixel whose window sticks out of the image horizontally: outside taps read the input zero point. */
MODELC_INLINE void modelc_depthwise_conv_2d_s8_border(const modelc_depthwise_conv_2d_s8 *p, const int8_t *const *rows,
                                                      int32_t ky_begin, int32_t ky_end, int32_t ic, int32_t x,
                                                      uint32_t init, const int8_t *weights, const int32_t *channel,
                                                      int8_t *out)
{
    const modelc_window *w = &p->window;
    uint32_t acc = init;
    for (int32_t ky = ky_begin; ky < ky_end; ky++) {
        MODELC_UNROLL_8
        for (int32_t kx = 0; kx < w->kernel_w; kx++) {
            const int32_t ix = x * w->stride_w - w->pad_left + kx * w->dilation_w;
            const int32_t value = ix >= 0 && ix < w->in_w ? rows[ky][ix * w->in_c + ic] : p->in_zero;
            acc += (uint32_t)(value * weights[ky * w->kernel_w + kx]);
        }
    }
    out[x * w->out_c] = modelc_requantize_channel(acc, channel, p->narrow, p->out_zero, p->out_min, p->out_max);
}

/* One output row, out_w * out_c bytes. rows[ky_begin .. ky_end) are the input rows inside the image. */
MODELC_INLINE void modelc_depthwise_conv_2d_s8_row(const modelc_depthwise_conv_2d_s8 *p, const int8_t *const *rows,
                                                   int32_t ky_begin, int32_t ky_end, const int8_t *weights,
                                                   const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t taps = w->kernel_h * w->kernel_w;
    const int32_t interior_end = modelc_interior_end(w);
    for (int32_t oc = 0; oc < w->out_c; oc++) {
        const int32_t ic = oc / p->depth_multiplier;
        /* kernel rows outside the image read the input zero point */
        uint32_t outside = 0;
        for (int32_t i = 0; i < ky_begin * w->kernel_w; i++) {
            const int32_t weight = weights[i];
            outside += (uint32_t)weight;
        }
        for (int32_t i = ky_end * w->kernel_w; i < taps; i++) {
            const int32_t weight = weights[i];
            outside += (uint32_t)weight;
        }
        const uint32_t init = (uint32_t)channels[0] + outside * (uint32_t)p->in_zero;
        int32_t x = 0;
        for (; x < modelc_interior_begin(w); x++) {
            modelc_depthwise_conv_2d_s8_border(p, rows, ky_begin, ky_end, ic, x, init, weights, channels, out + oc);
        }
        for (; x + 1 < interior_end; x += 2) {
            modelc_depthwise_conv_2d_s8_interior(p, rows, ky_begin, ky_end, ic, x, 2, init, weights, channels,
                                                 out + oc);
        }
        if (x < interior_end) {
            modelc_depthwise_conv_2d_s8_interior(p, rows, ky_begin, ky_end, ic, x, 1, init, weights, channels,
                                                 out + oc);
            x++;
        }
        for (; x < w->out_w; x++) {
            modelc_depthwise_conv_2d_s8_border(p, rows, ky_begin, ky_end, ic, x, init, weights, channels, out + oc);
        }
        weights += taps;
        channels += 3;
    }
}

/* One output pixel, out_c bytes, as modelc_conv_2d_s8_pixel. */
MODELC_INLINE void modelc_depthwise_conv_2d_s8_pixel(const modelc_depthwise_conv_2d_s8 *p, const int8_t *const *taps,
                                                     const int8_t *weights, const int32_t *channels, int8_t *out)
{
    const modelc_window *w = &p->window;
    const int32_t count = w->kernel_h * w->kernel_w;
    for (int32_t oc = 0; oc < w->out_c; oc++) {
        const int32_t ic = oc / p->depth_multiplier;
        uint32_t acc = (uint32_t)channels[3 * oc];
        for (int32_t t = 0; t < count; t++) {
            const int32_t value = taps[t] != NULL ? taps[t][ic] : p->in_zero;
            acc += (uint32_t)(value * weights[oc * count + t]);
        }
        out[oc] = modelc_requantize_channel(acc, channels + 3 * oc, p->narrow, p->out_zero, p->out_min, p->out_max);
    }
}

#endif
