/** What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED share: parameters, and the last step of their arithmetic. */
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import type { Signature } from '../signature.js';
import { clamp, multiplyByQuantizedMultiplier } from './fixed-point.js';
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
  readonly inputScale: number;
  readonly inputZeroPoint: number;
  /** What is subtracted from each weight; 0 for convolutions, whose weights' zero points do not count. */
  readonly weightZeroPoint: number;
  readonly outputZeroPoint: number;
  readonly range: Range;
  /** Weights and bias as the file has them. */
  readonly filter: Tensor;
  readonly biasTensor: Tensor | undefined;
}

/** The operands of CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED. */
export const linearOperands: Signature = {
  inputs: [
    { name: 'input', types: ['int8'] },
    { name: 'filter', types: ['int8'], constant: true },
    { name: 'bias', types: ['int32'], constant: true, optional: true },
  ],
  outputs: [{ name: 'output', types: ['int8'] }],
};

/**
 * Prepares int8 input 0, constant int8 weights in slot 1 and an optional bias in slot 2. The weights have one scale for
 * all `channels` output channels or one for each; `surplusScales`: or more, the first of which count. Zero points of
 * the weights are left to the operator.
 */
export function prepareLinear(node: Node, channels: number, surplusScales = false): LinearParameters {
  const [input, filter, output] = [node.input(0), node.input(1), node.output(0)];
  const x = perTensor(node, input);
  const y = perTensor(node, output);
  return {
    weights: node.constant(filter) as Int8Array,
    bias: biasValues(node, node.optionalInput(2), channels),
    inputScale: x.scale,
    inputZeroPoint: x.zeroPoint,
    weightZeroPoint: 0,
    outputZeroPoint: y.zeroPoint,
    range: activationRange(node, y),
    filter,
    biasTensor: node.optionalInput(2),
    ...channelMultipliers(node, x.scale, weightScales(node, filter, channels, surplusScales), y.scale),
  };
}

/**
 * The first `channels` values of the bias, whatever its shape: converters that fold an addition into a convolution
 * leave [1, 1, 1, channels] and the like. TFLM reads the same.
 */
function biasValues(node: Node, bias: Tensor | undefined, channels: number): Int32Array {
  if (bias === undefined) return new Int32Array(channels);
  const values = node.constant(bias) as Int32Array;
  if (values.length >= channels) return values.subarray(0, channels);
  return node.fail(
    'model/shape',
    `The bias of shape [${bias.shape}] has too few values for ${channels} output channels; TFLite Micro would read behind its end.`,
    'Give the bias one value for each output channel.',
    bias,
  );
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
