import type { LinearParameters } from '../operators/support/linear.js';
import type { Window } from '../operators/support/window.js';
import type { Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';
import { channelTable, interleaveChannels } from './support/channels.js';
import { emitTaps, emitWindowRow, rowsOfImage, windowFields, windowVariants } from './support/window.js';

export interface Conv2d extends LinearParameters {
  readonly window: Window;
  /** Input channels a filter sees: inC / groups. */
  readonly kernelC: number;
}

/** Channels whose weights the kernel's inner loop reads together. */
const channelBlock = 2;

/** Instructions by pixels, which share no loads, relative to rows. */
const pixelCost = 1.5;

export const conv2dS8: Kernel<Conv2d> = {
  name: 'conv_2d_s8',
  isa: 'scalar',
  bind(prepared) {
    const { kernelC, weights, inputZeroPoint, outputZeroPoint, range } = prepared;
    const variants = windowVariants(rowsOfImage(prepared.window), ({ kernelH }) => kernelH, pixelCost);
    return {
      granules: variants.granules,
      emit(chosen, emitter) {
        const window = variants.windowOf(chosen);
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
          ...windowFields(window),
          kernel_c: kernelC,
          in_zero: inputZeroPoint,
          narrow: Number(channels.narrow),
          out_zero: outputZeroPoint,
          out_min: range.min,
          out_max: range.max,
        });
        const constants = `${packed}, ${emitter.constant(channels.array)}`;
        if (chosen.kind === 'pixels') {
          return `${parameters}
${emitTaps(emitter, 'conv', window)}
modelc_conv_2d_s8_pixel(&conv, taps, ${constants}, ${emitter.outputUnit(0, emitter.event)});`;
        }
        return `${parameters}
${emitWindowRow(emitter, 'conv', window, (rows, out) => `modelc_conv_2d_s8_row(&conv, ${rows}, ${constants}, ${out});`)}`;
      },
    };
  },
};
