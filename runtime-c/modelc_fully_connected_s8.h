/* FULLY_CONNECTED, int8 activations and weights, int32 bias, per-unit requantisation. ISA: scalar.
 *
 * Weights: groups of four units interleaved, [group][depth][4]; left-over units follow one after another, [depth].
 * Channels: { bias - in_zero * sum of (weight - weight_zero), multiplier, right shift } for each
 *           unit. */
#ifndef MODELC_FULLY_CONNECTED_S8_H
#define MODELC_FULLY_CONNECTED_S8_H

#include "modelc_base.h"

typedef struct {
    int32_t depth, units;
    int32_t narrow; /* see modelc_requantize_channel */
    int32_t weight_zero;
    int32_t out_zero, out_min, out_max;
} modelc_fully_connected_s8;

/* What the zero point of the weights takes from each sum over `count` values. */
MODELC_INLINE uint32_t modelc_fully_connected_s8_offset(const modelc_fully_connected_s8 *p, const int8_t *in,
                                                        int32_t count)
{
    uint32_t offset = 0;
    if (p->weight_zero != 0) {
        for (int32_t i = 0; i < count; i++) {
            offset -= (uint32_t)(p->weight_zero * in[i]);
        }
    }
    return offset;
}

/* `lanes` (4 or 1) units of one row; `offset` is added to each sum. */
MODELC_INLINE void modelc_fully_connected_s8_lanes(const modelc_fully_connected_s8 *p, const int8_t *in, uint32_t offset,
                                                   int32_t lanes, const int8_t *weights, const int32_t *channels, int8_t *out)
{
    uint32_t acc0 = offset + (uint32_t)channels[0];
    uint32_t acc1 = offset + (lanes == 4 ? (uint32_t)channels[3] : 0);
    uint32_t acc2 = offset + (lanes == 4 ? (uint32_t)channels[6] : 0);
    uint32_t acc3 = offset + (lanes == 4 ? (uint32_t)channels[9] : 0);
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
    const int32_t blocked = p->units - p->units % 4;
    const uint32_t offset = modelc_fully_connected_s8_offset(p, in, p->depth);
    for (int32_t unit = 0; unit < blocked; unit += 4) {
        modelc_fully_connected_s8_lanes(p, in, offset, 4, weights + unit * p->depth, channels + 3 * unit, out + unit);
    }
    for (int32_t unit = blocked; unit < p->units; unit++) {
        modelc_fully_connected_s8_lanes(p, in, offset, 1, weights + unit * p->depth, channels + 3 * unit, out + unit);
    }
}

/* A row that arrives in parts: adds `count` of its values, those from `begin` on, to the sums of the units, which
 * `first` starts. */
MODELC_INLINE void modelc_fully_connected_s8_accumulate(const modelc_fully_connected_s8 *p, const int8_t *in,
                                                        int32_t begin, int32_t count, const int8_t *weights,
                                                        const int32_t *channels, int first, uint32_t *sums)
{
    const int32_t blocked = p->units - p->units % 4;
    const uint32_t offset = modelc_fully_connected_s8_offset(p, in, count);
    for (int32_t unit = 0; unit < blocked; unit += 4) {
        const int8_t *part = weights + unit * p->depth + begin * 4;
        uint32_t *sum = sums + unit;
        uint32_t acc0 = first ? (uint32_t)channels[3 * unit] : sum[0];
        uint32_t acc1 = first ? (uint32_t)channels[3 * unit + 3] : sum[1];
        uint32_t acc2 = first ? (uint32_t)channels[3 * unit + 6] : sum[2];
        uint32_t acc3 = first ? (uint32_t)channels[3 * unit + 9] : sum[3];
        MODELC_UNROLL_4
        for (int32_t i = 0; i < count; i++) {
            const int32_t x = in[i];
            acc0 += (uint32_t)(x * part[i * 4]);
            acc1 += (uint32_t)(x * part[i * 4 + 1]);
            acc2 += (uint32_t)(x * part[i * 4 + 2]);
            acc3 += (uint32_t)(x * part[i * 4 + 3]);
        }
        sum[0] = acc0 + offset;
        sum[1] = acc1 + offset;
        sum[2] = acc2 + offset;
        sum[3] = acc3 + offset;
    }
    for (int32_t unit = blocked; unit < p->units; unit++) {
        const int8_t *part = weights + unit * p->depth + begin;
        uint32_t acc = first ? (uint32_t)channels[3 * unit] : sums[unit];
        MODELC_UNROLL_4
        for (int32_t i = 0; i < count; i++) {
            acc += (uint32_t)(in[i] * part[i]);
        }
        sums[unit] = acc + offset;
    }
}

/* The output row, from the sums of all parts. */
MODELC_INLINE void modelc_fully_connected_s8_finish(const modelc_fully_connected_s8 *p, const uint32_t *sums,
                                                    const int32_t *channels, int8_t *out)
{
    for (int32_t unit = 0; unit < p->units; unit++) {
        out[unit] = modelc_requantize_channel(sums[unit], channels + 3 * unit, p->narrow, p->out_zero, p->out_min,
                                              p->out_max);
    }
}

#endif
