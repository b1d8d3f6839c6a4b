/** What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share: parameters, and the constants their kernels read. */
import type { Tensor } from '../../ir/graph.js';
import type { ConstantArray, Node } from '../operator.js';
import { clamp, INT32_MAX, INT32_MIN, multiplyByQuantizedMultiplier } from './fixed-point.js';
import { requireShape, requireType } from './node.js';
import {
  activationRange,
  type ChannelMultipliers,
  channelMultipliers,
  perTensor,
  type Range,
  weightScales,
} from './quantization.js';

/** The operators' common parameters: y = clamp(MBQM(Σ w·(x − zx) + bias, multiplier, shift) + zy) for each channel. */
export interface LinearParameters extends ChannelMultipliers {
  /** As stored in the file. */
  readonly weights: Int8Array;
  /** Zeros when the operator has none. */
  readonly bias: Int32Array;
  readonly inputZeroPoint: number;
  readonly outputZeroPoint: number;
  readonly range: Range;
  /** Weights and bias as the file has them. */
  readonly filter: Tensor;
  readonly biasTensor: Tensor | undefined;
}

/**
 * Prepares int8 input 0, constant int8 weights in slot 1 and an optional bias in slot 2. The weights have `channels`
 * output channels along `axis` and one scale for all of them or one for each.
 */
export function prepareLinear(node: Node, channels: number, axis: number): LinearParameters {
  const [input, filter, output] = [node.input(0), node.input(1), node.output(0)];
  const x = perTensor(node, input);
  const y = perTensor(node, output);
  return {
    weights: node.constant(filter) as Int8Array,
    bias: biasValues(node, node.optionalInput(2), channels),
    inputZeroPoint: x.zeroPoint,
    outputZeroPoint: y.zeroPoint,
    range: activationRange(node, y),
    filter,
    biasTensor: node.optionalInput(2),
    ...channelMultipliers(node, x.scale, weightScales(node, filter, channels, axis), y.scale),
  };
}

/** Fails unless the bias is a constant int32 vector of `channels`. */
function biasValues(node: Node, bias: Tensor | undefined, channels: number): Int32Array {
  if (bias === undefined) return new Int32Array(channels);
  requireType(node, bias, ['int32']);
  requireShape(node, bias, [channels]);
  return node.constant(bias) as Int32Array;
}

/** The output code of a channel whose products sum to `accumulator`, all modulo 2^32. */
export function outputCode(
  { bias, multipliers, shifts, outputZeroPoint, range }: LinearParameters,
  accumulator: number,
  channel: number,
): number {
  const sum = (accumulator + (bias[channel] as number)) | 0;
  const scaled = multiplyByQuantizedMultiplier(sum, multipliers[channel] as number, shifts[channel] as number);
  return clamp(scaled + outputZeroPoint, range.min, range.max);
}

export interface ChannelTable {
  readonly array: ConstantArray;
  /** Whether every accumulator and shift allows the kernels' single-rounding form (`modelc_requantize_narrow`). */
  readonly narrow: boolean;
}

/**
 * The kernels' per-channel constants in the order they are read: bias, multiplier, right shift.
 * The input zero point is folded into the bias: Σ w·(x − zx) + b = Σ w·x + (b − zx·Σ w), all modulo 2^32.
 * `weightsOf(channel)` is the channel's weights in any order.
 */
export function channelTable(source: LinearParameters, weightsOf: (channel: number) => Int8Array): ChannelTable {
  const { bias, multipliers, shifts, inputZeroPoint } = source;
  const values = new Int32Array(bias.length * 3);
  let narrow = true;
  for (let channel = 0; channel < bias.length; channel++) {
    const weights = weightsOf(channel);
    const sum = weights.reduce((total, weight) => (total + weight) | 0, 0);
    const reach = 128 * weights.reduce((total, weight) => total + Math.abs(weight), 0);
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
