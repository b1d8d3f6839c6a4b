/* FULLY_CONNECTED, int8 activations and weights, int32 bias, per-unit requantisation. ISA: scalar.
 *
 * Weights: groups of four units interleaved, [group][depth][4]; left-over units follow one after another, [depth].
 * Channels: { bias - in_zero * sum of weights, multiplier, right shift } for each unit. */
#ifndef MODELC_FULLY_CONNECTED_S8_H
#define MODELC_FULLY_CONNECTED_S8_H

#include "modelc_base.h"

typedef struct {
    int32_t rows, depth, units;
    int32_t narrow; /* see modelc_requantize_channel */
    int32_t out_zero, out_min, out_max;
} modelc_fully_connected_s8;

/* `lanes` (4 or 1) units of one row. */
MODELC_INLINE void modelc_fully_connected_s8_lanes(const modelc_fully_connected_s8 *p, const int8_t *in, int32_t lanes,
                                                   const int8_t *weights, const int32_t *channels, int8_t *out)
{
    uint32_t acc0 = (uint32_t)channels[0];
    uint32_t acc1 = lanes == 4 ? (uint32_t)channels[3] : 0;
    uint32_t acc2 = lanes == 4 ? (uint32_t)channels[6] : 0;
    uint32_t acc3 = lanes == 4 ? (uint32_t)channels[9] : 0;
    MODELC_UNROLL_4
    for (int32_t i = 0; i < p->depth; i++) {
        const int32_t x = in[i];
        acc0 += (uint32_t)(x * weights[i * lanes]);
        if (lanes == 4) {
            acc1 += (uint32_t)(x * weights[i * lanes + 1]);
            acc2 += (uint32_t)(x * weights[i * lanes + 2]);
            acc3 += (uint32_t)(x * weights[i * lanes + 3]);
        }
    }
    out[0] = modelc_requantize_channel(acc0, channels, p->narrow, p->out_zero, p->out_min, p->out_max);
    if (lanes == 4) {
        out[1] = modelc_requantize_channel(acc1, channels + 3, p->narrow, p->out_zero, p->out_min, p->out_max);
        out[2] = modelc_requantize_channel(acc2, channels + 6, p->narrow, p->out_zero, p->out_min, p->out_max);
        out[3] = modelc_requantize_channel(acc3, channels + 9, p->narrow, p->out_zero, p->out_min, p->out_max);
    }
}

/* One output row, `units` bytes, from one input row of `depth` bytes. */
MODELC_INLINE void modelc_fully_connected_s8_row(const modelc_fully_connected_s8 *p, const int8_t *in,
                                                 const int8_t *weights, const int32_t *channels, int8_t *out)
{
    int32_t unit = 0;
    for (; unit + 3 < p->units; unit += 4) {
        modelc_fully_connected_s8_lanes(p, in, 4, weights + unit * p->depth, channels + 3 * unit, out + unit);
    }
    for (; unit < p->units; unit++) {
        modelc_fully_connected_s8_lanes(p, in, 1, weights + unit * p->depth, channels + 3 * unit, out + unit);
    }
}

MODELC_INLINE void modelc_fully_connected_s8_layer(const modelc_fully_connected_s8 *p, const int8_t *in, int8_t *out,
                                                   const int8_t *weights, const int32_t *channels)
{
    for (int32_t row = 0; row < p->rows; row++) {
        modelc_fully_connected_s8_row(p, in, weights, channels, out);
        in += p->depth;
        out += p->units;
    }
}

#endif
