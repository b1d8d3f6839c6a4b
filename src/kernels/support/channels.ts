/** Constants of kernels that compute Σ w·x for each channel: channel tables, and weights in the order they are read. */
import { clamp, INT32_MAX, INT32_MIN, multiplyByQuantizedMultiplier } from '../../operators/support/fixed-point.js';
import type { LinearParameters } from '../../operators/support/linear.js';
import type { ConstantArray } from '../kernel.js';

export interface ChannelTable {
  readonly array: ConstantArray;
  /** Whether every accumulator and shift allows the kernels' single-rounding form (`modelc_requantize_narrow`). */
  readonly narrow: boolean;
}

/**
 * The kernels' per-channel constants in the order they are read: bias, multiplier, right shift.
 * The input zero point is folded into the bias: Σ w·(x − zx) + b = Σ w·x + (b − zx·Σ w), all modulo 2^32.
 * `weightsOf(channel)` is the channel's weights in any order, less their zero point.
 */
export function channelTable(
  source: LinearParameters,
  weightsOf: (channel: number) => Int8Array | Int16Array,
): ChannelTable {
  const { bias, multipliers, shifts, inputZeroPoint } = source;
  const values = new Int32Array(bias.length * 3);
  let narrow = true;
  for (let channel = 0; channel < bias.length; channel++) {
    const weights = weightsOf(channel);
    let sum = 0;
    let magnitude = 0;
    for (const weight of weights) {
      sum = (sum + weight) | 0;
      magnitude += Math.abs(weight);
    }
    const reach = 128 * magnitude;
    let folded = ((bias[channel] as number) - Math.imul(inputZeroPoint, sum)) | 0;
    let multiplier = multipliers[channel] as number;
    let rightShift = -(shifts[channel] as number);
    if (isSilent(source, multiplier, -rightShift, folded - reach, folded + reach)) {
      folded = 0;
      multiplier = 0;
      rightShift = 1; // 0 · anything rounds to 0 under every shift
    }
    narrow &&= Math.abs(folded) + reach < 2 ** 30 && multiplier >= 0 && rightShift >= 1 && rightShift <= 30;
    values.set([folded, multiplier, rightShift], channel * 3);
  }
  const comment = 'per output channel: bias with the input zero point folded in, multiplier, right shift';
  return { array: { name: 'channels', cType: 'int32_t', values, comment }, narrow };
}

/**
 * Whether a channel gives its zero point for every accumulator in [low, high]: requantisation is monotone, so the two
 * ends decide. Training leaves such channels with huge biases that would cost the whole layer its fast form.
 */
function isSilent(
  { outputZeroPoint, range }: LinearParameters,
  multiplier: number,
  shift: number,
  low: number,
  high: number,
): boolean {
  if (multiplier === 0) return true;
  if (multiplier < 0 || shift > 0 || low < INT32_MIN || high > INT32_MAX) return false;
  const silent = clamp(outputZeroPoint, range.min, range.max);
  return [low, high].every(
    (accumulator) =>
      clamp(multiplyByQuantizedMultiplier(accumulator, multiplier, shift) + outputZeroPoint, range.min, range.max) ===
      silent,
  );
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
