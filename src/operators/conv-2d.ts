/**
 * CONV_2D: 2-D convolution, NHWC input, OHWI filter, groups, dilation. int8 with constant int8 weights, per tensor or
 * per output channel, and int32 bias.
 *
 * Undefined in TFLM: accumulators beyond 32 bits. They wrap modulo 2³².
 */
import type { OperatorModule } from './operator.js';
import { constantStruct, windowFields } from './support/c-text.js';
import { type FilterLayout, filterConstants, reachOfFilters } from './support/channels.js';
import {
  channelTable,
  interleaveChannels,
  type LinearParameters,
  outputCode,
  prepareLinear,
} from './support/convolution.js';
import { requireRank, requireType } from './support/node.js';
import { paddingOptions, prepareWindow, readsImageOnly, rowPointers, type Window } from './support/window.js';

interface Prepared extends LinearParameters {
  readonly window: Window;
  /** Input channels a filter sees: inC / groups. */
  readonly kernelC: number;
}

/** Channels whose weights the kernel's inner loop reads together; see modelc_conv_2d_s8.h. */
const channelBlock = 2;

const operator: OperatorModule<Prepared> = {
  name: 'CONV_2D',

  prepare(node) {
    const input = node.input(0);
    const filter = node.input(1);
    const output = node.output(0);
    for (const tensor of [input, filter, output]) requireType(node, tensor, ['int8']);
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
      ...prepareLinear(node, outC, 0),
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
                  acc = (acc + (weights[wBase + ic] as number) * ((x[xBase + ic] as number) - inputZeroPoint)) | 0;
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

  memory: ({ window }) => ({ stackBytes: rowPointers(window.kernelH).stackBytes }),

  emit(prepared, emitter) {
    const { window, kernelC, weights, inputZeroPoint, outputZeroPoint, range } = prepared;
    emitter.header('modelc_conv_2d_s8.h');
    const taps = window.kernelH * window.kernelW * kernelC;
    const groups = window.inC / kernelC;
    const channels = channelTable(prepared, (channel) => weights.subarray(channel * taps, (channel + 1) * taps));
    const packed = emitter.constant({
      name: 'weights',
      cType: 'int8_t',
      values: interleaveChannels(weights, groups, window.outC / groups, taps, channelBlock),
      comment: `[output channel pair][kernel row][kernel column][input channel][2]${(window.outC / groups) % channelBlock === 0 ? '' : ', the last channel of a group alone'}`,
    });
    const parameters = constantStruct('modelc_conv_2d_s8', 'conv', {
      ...windowFields(flattenPointwise(window)),
      kernel_c: kernelC,
      in_zero: inputZeroPoint,
      narrow: Number(channels.narrow),
      out_zero: outputZeroPoint,
      out_min: range.min,
      out_max: range.max,
    });
    return `${parameters}
${rowPointers(window.kernelH).declaration}
modelc_conv_2d_s8_layer(&conv, ${emitter.input(0)}, ${emitter.output(0)}, ${packed}, ${emitter.constant(channels.array)}, rows);`;
  },
};
export default operator;

/** A 1×1 convolution without stride or padding does not see rows: one long row leaves no odd pixel at each row's end. */
function flattenPointwise(window: Window): Window {
  const { batches, inH, inW, outH, outW, kernelH, kernelW, strideH, strideW } = window;
  if (kernelH * kernelW * strideH * strideW !== 1 || outH !== inH || outW !== inW) return window;
  const pixels = batches * inH * inW;
  return { ...window, batches: 1, inH: 1, inW: pixels, outH: 1, outW: pixels };
}
