/**
 * CONV_2D: 2-D convolution, NHWC input, OHWI filter, groups, dilation. int8 with constant int8 weights, per tensor or
 * per output channel, and int32 bias. Zero points of weights do not count, as in TFLM.
 *
 * Undefined in TFLM: accumulators beyond 32 bits. They wrap modulo 2³².
 */

import { type Conv2d, conv2dS8 } from '../kernels/conv-2d-s8.js';
import type { OperatorModule } from './operator.js';
import { type FilterLayout, filterConstants, reachOfFilters } from './support/channels.js';
import { linearOperands, outputCode, prepareLinear } from './support/linear.js';
import { requireRank } from './support/node.js';
import { paddingOptions, prepareWindow, readsImageOnly } from './support/window.js';

const operator: OperatorModule<Conv2d> = {
  name: 'CONV_2D',
  operands: linearOperands,

  prepare(node) {
    const input = node.input(0);
    const filter = node.input(1);
    const output = node.output(0);
    requireRank(node, input, 4);
    requireRank(node, filter, 4);
    const [outC, kernelH, kernelW, kernelC] = filter.shape as [number, number, number, number];
    const inC = input.shape[3] as number;
    if (kernelH < 1 || kernelW < 1 || kernelC < 1 || inC % kernelC !== 0 || outC % (inC / kernelC) !== 0) {
      node.fail(
        'model/shape',
        `A filter of shape [${filter.shape}] does not divide ${inC} input channels into groups.`,
        'Convert the model again.',
        filter,
      );
    }
    return {
      window: prepareWindow(node, input, output, kernelH, kernelW, outC),
      kernelC,
      ...prepareLinear(node, outC),
    };
  },

  // acc = Σ over taps inside the image of w·(x − zx), + bias; y = clamp(MBQM(acc) + zy)
  evaluate(prepared, [input], [output]) {
    const { window: w, kernelC, weights, inputZeroPoint } = prepared;
    const x = input as Int8Array;
    const y = output as Int8Array;
    const channelsPerGroup = w.outC / (w.inC / kernelC);
    let write = 0;
    for (let batch = 0; batch < w.batches; batch++) {
      for (let oy = 0; oy < w.outH; oy++) {
        for (let ox = 0; ox < w.outW; ox++) {
          for (let oc = 0; oc < w.outC; oc++) {
            const firstChannel = Math.floor(oc / channelsPerGroup) * kernelC;
            let acc = 0;
            for (let ky = 0; ky < w.kernelH; ky++) {
              const iy = oy * w.strideH - w.padTop + ky * w.dilationH;
              if (iy < 0 || iy >= w.inH) continue;
              for (let kx = 0; kx < w.kernelW; kx++) {
                const ix = ox * w.strideW - w.padLeft + kx * w.dilationW;
                if (ix < 0 || ix >= w.inW) continue;
                const xBase = ((batch * w.inH + iy) * w.inW + ix) * w.inC + firstChannel;
                const wBase = ((oc * w.kernelH + ky) * w.kernelW + kx) * kernelC;
                for (let ic = 0; ic < kernelC; ic++) {
                  acc =
                    (acc + Math.imul(weights[wBase + ic] as number, (x[xBase + ic] as number) - inputZeroPoint)) | 0;
                }
              }
            }
            y[write++] = outputCode(prepared, acc, oc);
          }
        }
      }
    }
  },

  macs({ window: w, kernelC }) {
    return w.batches * w.outH * w.outW * w.outC * w.kernelH * w.kernelW * kernelC;
  },

  // a tap outside the image contributes 0, as one on the zero point does
  absorbBorder: ({ window, inputZeroPoint }, border) =>
    border.fill === inputZeroPoint ? paddingOptions(window, border) : undefined,

  channels(prepared) {
    const { window, kernelC, filter, biasTensor, inputZeroPoint } = prepared;
    if (kernelC !== window.inC) return undefined;
    const taps = window.kernelH * window.kernelW;
    const layout: FilterLayout = {
      outputs: window.outC,
      taps,
      inputs: kernelC,
      at: (output, tap, input) => (output * taps + tap) * kernelC + input,
    };
    const padded = !readsImageOnly(window);
    const tensors = { filter, bias: biasTensor, outputAxis: 0, inputAxis: 3 };
    return {
      relation: 'mix',
      inputChannels: kernelC,
      steps: prepared.weights.length,
      reach: ([input]) => reachOfFilters(prepared, layout, input ?? [], { padded, depthwise: false }),
      canDrop: (code) => code === inputZeroPoint || !padded,
      constants: (input, output) => filterConstants(prepared, layout, tensors, input, output),
    };
  },

  kernels: [conv2dS8],
};
export default operator;
