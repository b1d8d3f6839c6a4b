/**
 * DEPTHWISE_CONV_2D: one filter per channel; output channel m·ic + j reads input channel ic. int8 with constant int8
 * weights, per tensor or per output channel, and int32 bias. Zero points of weights do not count, as in TFLM.
 *
 * Undefined in TFLM: an option `depth_multiplier` that contradicts the shapes. Refused; 0 counts as not stated.
 * A bias omitted by −1 (TFLM crashes) is none. Accumulators beyond 32 bits wrap modulo 2³².
 */

import { type DepthwiseConv2d, depthwiseConv2dS8 } from '../kernels/depthwise-conv-2d-s8.js';
import type { OperatorModule } from './operator.js';
import { type FilterLayout, filterConstants, reachOfFilters } from './support/channels.js';
import { linearOperands, outputCode, prepareLinear } from './support/linear.js';
import { requireRank, requireShape } from './support/node.js';
import { paddingOptions, prepareWindow, readsImageOnly } from './support/window.js';

const operator: OperatorModule<DepthwiseConv2d> = {
  name: 'DEPTHWISE_CONV_2D',
  operands: linearOperands,

  prepare(node) {
    const input = node.input(0);
    const filter = node.input(1);
    const output = node.output(0);
    requireRank(node, input, 4);
    requireRank(node, filter, 4);
    const [, kernelH, kernelW, outC] = filter.shape as [number, number, number, number];
    requireShape(node, filter, [1, kernelH, kernelW, outC]);
    const inC = input.shape[3] as number;
    if (kernelH < 1 || kernelW < 1 || inC < 1 || outC % inC !== 0) {
      node.fail(
        'model/shape',
        `${outC} filters cannot be shared out evenly among ${inC} input channels.`,
        'Convert the model again.',
        filter,
      );
    }
    const depthMultiplier = outC / inC;
    // TFLM takes the multiplier from the options; files in which they disagree have no defined meaning
    const stated = node.operator.options.depth_multiplier;
    if (typeof stated === 'number' && stated !== 0 && stated !== depthMultiplier) {
      node.fail(
        'model/invalid',
        `Option depth_multiplier is ${stated}, but the shapes give ${depthMultiplier}.`,
        'Convert the model again.',
        filter,
      );
    }
    return {
      window: prepareWindow(node, input, output, kernelH, kernelW, outC),
      depthMultiplier,
      ...prepareLinear(node, outC),
    };
  },

  // acc = Σ over taps inside the image of w·(x − zx), + bias; y = clamp(MBQM(acc) + zy)
  evaluate(prepared, [input], [output]) {
    const { window: w, depthMultiplier, weights, inputZeroPoint } = prepared;
    const x = input as Int8Array;
    const y = output as Int8Array;
    let write = 0;
    for (let batch = 0; batch < w.batches; batch++) {
      for (let oy = 0; oy < w.outH; oy++) {
        for (let ox = 0; ox < w.outW; ox++) {
          for (let oc = 0; oc < w.outC; oc++) {
            const ic = Math.floor(oc / depthMultiplier);
            let acc = 0;
            for (let ky = 0; ky < w.kernelH; ky++) {
              const iy = oy * w.strideH - w.padTop + ky * w.dilationH;
              if (iy < 0 || iy >= w.inH) continue;
              for (let kx = 0; kx < w.kernelW; kx++) {
                const ix = ox * w.strideW - w.padLeft + kx * w.dilationW;
                if (ix < 0 || ix >= w.inW) continue;
                const value = (x[((batch * w.inH + iy) * w.inW + ix) * w.inC + ic] as number) - inputZeroPoint;
                acc = (acc + (weights[(ky * w.kernelW + kx) * w.outC + oc] as number) * value) | 0;
              }
            }
            y[write++] = outputCode(prepared, acc, oc);
          }
        }
      }
    }
  },

  macs({ window: w }) {
    return w.batches * w.outH * w.outW * w.outC * w.kernelH * w.kernelW;
  },

  // a tap outside the image contributes 0, as one on the zero point does
  absorbBorder: ({ window, inputZeroPoint }, border) =>
    border.fill === inputZeroPoint ? paddingOptions(window, border) : undefined,

  channels(prepared) {
    const { window, depthMultiplier, filter, biasTensor } = prepared;
    if (depthMultiplier !== 1) return undefined;
    const layout: FilterLayout = {
      outputs: window.outC,
      taps: window.kernelH * window.kernelW,
      inputs: 1,
      at: (output, tap) => tap * window.outC + output,
    };
    const padded = !readsImageOnly(window);
    const tensors = { filter, bias: biasTensor, outputAxis: 3 };
    return {
      relation: 'each',
      steps: prepared.weights.length,
      reach: ([input]) => reachOfFilters(prepared, layout, input ?? [], { padded, depthwise: true }),
      constants: (input, output) => filterConstants(prepared, layout, tensors, input, output),
    };
  },

  kernels: [depthwiseConv2dS8],
};
export default operator;
