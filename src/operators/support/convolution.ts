/** What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share: bias and the constants their kernels read per channel. */
import type { Tensor } from '../../ir/graph.js';
import type { ConstantArray, Node } from '../operator.js';
import { requireShape, requireType } from './node.js';
import type { ChannelMultipliers } from './quantization.js';

/** Bias values, zeros when the operator has none. Fails unless it is a constant int32 vector of `channels`. */
export function biasValues(node: Node, bias: Tensor | undefined, channels: number): Int32Array {
  if (bias === undefined) return new Int32Array(channels);
  requireType(node, bias, ['int32']);
  requireShape(node, bias, [channels]);
  return node.constant(bias) as Int32Array;
}

/**
 * Folds the input zero point into the bias: Σ w·(x − zx) + b = Σ w·x + (b − zx·Σ w), all modulo 2^32.
 * `weightsOf(channel)` iterates the channel's weights.
 */
export function foldZeroPoint(
  bias: Int32Array,
  inputZeroPoint: number,
  weightsOf: (channel: number) => Iterable<number>,
): Int32Array {
  return bias.map((value, channel) => {
    let sum = 0;
    for (const weight of weightsOf(channel)) sum = (sum + weight) | 0;
    return (value - Math.imul(inputZeroPoint, sum)) | 0;
  });
}

/** The kernels' per-channel constants: bias (zero point folded in), multiplier, shift, interleaved as they are read. */
export function channelTable(foldedBias: Int32Array, { multipliers, shifts }: ChannelMultipliers): ConstantArray {
  const values = new Int32Array(foldedBias.length * 3);
  foldedBias.forEach((bias, channel) => {
    values.set([bias, multipliers[channel] as number, shifts[channel] as number], channel * 3);
  });
  return {
    name: 'channels',
    cType: 'int32_t',
    values,
    comment: 'per output channel: bias with the input zero point folded in, multiplier, shift',
  };
}

/**
 * Weights of `groups` × `channelsPerGroup` channels of `taps` values each, in the order blocked kernels load them:
 * within a group, blocks of `block` channels interleaved tap by tap, then the left-over channels one after another.
 * `source` holds channel after channel.
 */
export function interleaveChannels(
  source: Int8Array,
  groups: number,
  channelsPerGroup: number,
  taps: number,
  block: number,
): Int8Array {
  const packed = new Int8Array(source.length);
  let write = 0;
  for (let group = 0; group < groups; group++) {
    const first = group * channelsPerGroup;
    const blocked = channelsPerGroup - (channelsPerGroup % block);
    for (let channel = 0; channel < blocked; channel += block) {
      for (let tap = 0; tap < taps; tap++) {
        for (let lane = 0; lane < block; lane++) {
          packed[write++] = source[(first + channel + lane) * taps + tap] as number;
        }
      }
    }
    for (let channel = blocked; channel < channelsPerGroup; channel++) {
      for (let tap = 0; tap < taps; tap++) packed[write++] = source[(first + channel) * taps + tap] as number;
    }
  }
  return packed;
}
