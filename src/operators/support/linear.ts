/** What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share: parameters, and the last step of their arithmetic. */
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import { clamp, multiplyByQuantizedMultiplier } from './fixed-point.js';
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
