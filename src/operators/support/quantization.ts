/** Quantisation parameters of tensors and the clamping ranges of fused activations (contract `tflm`). */
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import {
  clamp,
  INT32_MAX,
  INT32_MIN,
  type QuantizedMultiplier,
  quantizeMultiplier,
  roundHalfAway,
} from './fixed-point.js';

export interface TensorQuantization {
  /** A float32 value, > 0. */
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export const int8Range: Range = { min: -128, max: 127 };

function requireQuantization(node: Node, tensor: Tensor, zeroAllowed = false) {
  const quantization = tensor.quantization;
  if (quantization !== undefined) {
    const sound = (scale: number) => Number.isFinite(scale) && (scale > 0 || (zeroAllowed && scale === 0));
    if (quantization.scales.every(sound)) return quantization;
    return node.fail(
      'model/unsupported-quantization',
      'A quantisation scale is not a positive finite number.',
      'Calibrate with representative data and convert again.',
      tensor,
    );
  }
  return node.fail(
    'model/unsupported-quantization',
    `The ${tensor.type} tensor has no quantisation parameters.`,
    'Convert the model with full-integer int8 quantisation.',
    tensor,
  );
}

/** Scale and zero point of a tensor quantised as a whole. The zero point lies in the tensor's range. */
export function perTensor(node: Node, tensor: Tensor): TensorQuantization {
  const { scales, zeroPoints } = requireQuantization(node, tensor);
  if (scales.length !== 1) {
    node.fail(
      'model/unsupported-quantization',
      `The tensor has ${scales.length} scales; only weights may be quantised per channel.`,
      'Convert the model again.',
      tensor,
    );
  }
  const zeroPoint = zeroPoints[0] as number;
  const range =
    tensor.type === 'uint8' ? { min: 0, max: 255 } : tensor.type === 'int8' ? int8Range : { min: -32768, max: 32767 };
  if (zeroPoint < range.min || zeroPoint > range.max) {
    node.fail(
      'model/unsupported-quantization',
      `Zero point ${zeroPoint} is outside the range of ${tensor.type}.`,
      'Convert the model again.',
      tensor,
    );
  }
  return { scale: scales[0] as number, zeroPoint };
}

/**
 * As `perTensor`, with scale 0 and zero point 0 for a tensor without quantisation parameters, as TFLM has them: for
 * operators that copy or compare codes and do without a scale.
 */
export function perTensorOrNone(node: Node, tensor: Tensor): TensorQuantization {
  return tensor.quantization === undefined ? { scale: 0, zeroPoint: 0 } : perTensor(node, tensor);
}

/** Each output channel takes many times the memory of its weights, in the compiler and in flash. */
const maximumChannels = 65535;

/**
 * Scales of a weight tensor, one per output channel; 0 for a channel that training has pruned. A single scale serves
 * all channels. As TFLM, fails unless there are as many as indices along the axis that the file states, and takes them
 * for output channels whatever that axis is. `surplus`: there may be more than `channels`, and the first ones count.
 */
export function weightScales(node: Node, tensor: Tensor, channels: number, surplus = false): readonly number[] {
  const { scales, axis } = requireQuantization(node, tensor, true);
  if (channels > maximumChannels) {
    node.fail(
      'model/unsupported-option',
      `The weights have ${channels} output channels, modelc supports ${maximumChannels}.`,
      'Split the layer.',
      tensor,
    );
  }
  if (scales.length === 1) return new Array<number>(channels).fill(scales[0] as number);
  if (scales.length !== tensor.shape[axis] || scales.length < channels || (scales.length > channels && !surplus)) {
    node.fail(
      'model/unsupported-quantization',
      `The weights have ${scales.length} scales along axis ${axis} of shape [${tensor.shape}]; one for each of ${channels} output channels is expected.`,
      'Convert the model again.',
      tensor,
    );
  }
  return scales.slice(0, channels);
}

/** Whether two tensors mean the same number by the same byte. */
export function sameQuantization(a: TensorQuantization, b: TensorQuantization): boolean {
  return a.scale === b.scale && a.zeroPoint === b.zeroPoint;
}

/** Fails the model unless input and output share scale (within `tolerance`) and zero point. */
export function requireSameQuantization(node: Node, input: Tensor, output: Tensor, tolerance = 0): void {
  const a = perTensorOrNone(node, input);
  const b = perTensorOrNone(node, output);
  if (a.zeroPoint === b.zeroPoint && Math.abs(a.scale - b.scale) <= tolerance) return;
  node.fail(
    'model/unsupported-quantization',
    `${node.operator.name} needs equal quantisation of input (scale ${a.scale}, zero point ${a.zeroPoint}) and output (scale ${b.scale}, zero point ${b.zeroPoint}).`,
    'Convert the model again with a current converter.',
    output,
  );
}

/**
 * Clamping range of a fused activation on a quantised output, computed in float32 as TFLite's
 * `CalculateActivationRangeQuantized`. Activations other than the RELU family clamp to the type, as TFLM does. Fails,
 * as TFLM, where a bound on the scale of the output does not fit 32 bits.
 */
export function activationRange(node: Node, output: TensorQuantization, type: Range = int8Range): Range {
  const quantize = (value: number): number => {
    const bound = output.zeroPoint + roundHalfAway(Math.fround(value / output.scale));
    if (bound >= INT32_MIN && bound <= INT32_MAX) return bound;
    return node.fail(
      'model/unsupported-quantization',
      `The bound ${value} of the fused activation ${activation} does not fit 32 bits on an output of scale ${output.scale}.`,
      output.scale === 0
        ? 'Convert the model with full-integer int8 quantisation.'
        : 'Calibrate with representative data and convert again.',
      node.output(0),
    );
  };
  const activation = node.operator.options.fused_activation_function ?? 'NONE';
  switch (activation) {
    case 'RELU':
      return { min: Math.max(type.min, quantize(0)), max: type.max };
    case 'RELU6':
      return { min: Math.max(type.min, quantize(0)), max: Math.min(type.max, quantize(6)) };
    case 'RELU_N1_TO_1':
      return { min: Math.max(type.min, quantize(-1)), max: Math.min(type.max, quantize(1)) };
    case 'NONE':
    case 'TANH':
    case 'SIGN_BIT':
      return type;
    default:
      return node.fail(
        'model/unsupported-option',
        `Fused activation ${activation} is unknown.`,
        'Use NONE, RELU, RELU6 or RELU_N1_TO_1.',
      );
  }
}

/** Fails unless the operator has no fused activation. */
export function requireNoActivation(node: Node): void {
  const activation = node.operator.options.fused_activation_function ?? 'NONE';
  if (activation !== 'NONE') {
    node.fail(
      'model/unsupported-option',
      `Fused activation ${activation} is not supported for ${node.operator.name}.`,
      'Make the activation an operator of its own.',
    );
  }
}

export interface ChannelMultipliers {
  readonly multipliers: Int32Array;
  readonly shifts: Int32Array;
}

/**
 * `quantizeMultiplier` for a ratio of scales. Fails above 2^30, where the left shift would leave the 32-bit range
 * (undefined in TFLM).
 */
export function requantization(node: Node, real: number): QuantizedMultiplier {
  const quantized = quantizeMultiplier(real);
  if (Number.isFinite(real) && quantized.shift <= 30) return quantized;
  return node.fail(
    'model/unsupported-quantization',
    `The scales of inputs and output differ by a factor of ${real}.`,
    'Calibrate with representative data and convert again.',
  );
}

/** Per-channel requantisation of a convolution: sx · sw[c] / sy in double precision (TFLite `PopulateConvolutionQuantizationParams`). */
export function channelMultipliers(
  node: Node,
  inputScale: number,
  weights: readonly number[],
  outputScale: number,
): ChannelMultipliers {
  const quantized = weights.map((scale) => requantization(node, (inputScale * scale) / outputScale));
  return {
    multipliers: Int32Array.from(quantized, ({ multiplier }) => multiplier),
    shifts: Int32Array.from(quantized, ({ shift }) => shift),
  };
}

/** f32 value → quantised code, as TFLite `AffineQuantize`: float32 division, round half away, clamp. NaN gives the zero point. */
export function quantizeValue(value: number, { scale, zeroPoint }: TensorQuantization, range: Range): number {
  const scaled = roundHalfAway(Math.fround(value / scale));
  return Number.isNaN(scaled) ? zeroPoint : clamp(scaled + zeroPoint, range.min, range.max);
}
