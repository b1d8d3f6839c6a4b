import type { LinearParameters } from '../operators/support/linear.js';
import type { Window } from '../operators/support/window.js';
import type { Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';
import { channelTable } from './support/channels.js';
import { emitTaps, emitWindowRow, windowFields, windowVariants } from './support/window.js';

export interface DepthwiseConv2d extends LinearParameters {
  readonly window: Window;
  readonly depthMultiplier: number;
}

/** Instructions by pixels, which share no loads, relative to rows. */
const pixelCost = 1.5;

export const depthwiseConv2dS8: Kernel<DepthwiseConv2d> = {
  name: 'depthwise_conv_2d_s8',
  isa: 'scalar',
  bind(prepared) {
    const { depthMultiplier, weights, inputZeroPoint, outputZeroPoint, range } = prepared;
    const variants = windowVariants([prepared.window], ({ kernelH }) => kernelH, pixelCost);
    return {
      granules: variants.granules,
      emit(chosen, emitter) {
        const window = variants.windowOf(chosen);
        const taps = window.kernelH * window.kernelW;
        const byChannel = new Int8Array(weights.length);
        for (let channel = 0; channel < window.outC; channel++) {
          for (let tap = 0; tap < taps; tap++) {
            byChannel[channel * taps + tap] = weights[tap * window.outC + channel] as number;
          }
        }
        const channels = channelTable(prepared, (channel) => byChannel.subarray(channel * taps, (channel + 1) * taps));
        const packed = emitter.constant({
          name: 'weights',
          cType: 'int8_t',
          values: byChannel,
          comment: '[output channel][kernel row][kernel column]',
        });
        const parameters = constantStruct('modelc_depthwise_conv_2d_s8', 'conv', {
          ...windowFields(window),
          depth_multiplier: depthMultiplier,
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
modelc_depthwise_conv_2d_s8_pixel(&conv, taps, ${constants}, ${emitter.outputUnit(0, emitter.event)});`;
        }
        return `${parameters}
${emitWindowRow(emitter, 'conv', window, (rows, out) => `modelc_depthwise_conv_2d_s8_row(&conv, ${rows}, ${constants}, ${out});`)}`;
      },
    };
  },
};
