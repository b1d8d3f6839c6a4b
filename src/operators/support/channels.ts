/**
 * What operators say about channels, the positions along the last dimension of a tensor, so that a pass can find
 * channels that have one value for every input of the model and compile the model without them.
 */
import { toBytes } from '../../ir/element-type.js';
import type { Quantization, Tensor } from '../../ir/graph.js';
import { INT32_MAX, INT32_MIN } from './fixed-point.js';
import { type LinearParameters, outputCode } from './linear.js';

/** Least and greatest code that a channel can have. */
export interface ChannelRange {
  readonly low: number;
  readonly high: number;
}

/** A channel that is left out, by its position, and the code it always has. */
export type Dropped = ReadonlyMap<number, number>;

/** A constant operand with channels left out. */
export type Replacement = Pick<Tensor, 'type' | 'shape' | 'quantization'> & { readonly data: Uint8Array };

/** The channels of an int8 operator with one output, prepared for its tensors. */
export interface ChannelRule {
  /**
   * `mix`: an output channel depends on all channels of input 0, and the other inputs are constants. `each`: output
   * channel c depends on channel c of the computed inputs and nothing else.
   */
  readonly relation: 'mix' | 'each';
  /** For `mix`: channels of input 0; the rule does not hold for an input of another last dimension. */
  readonly inputChannels?: number;
  /** Elementary steps of `reach`. */
  readonly steps: number;
  /** Codes of the output's channels when those of the computed inputs, in order, have these. */
  reach(inputs: readonly (readonly ChannelRange[])[]): readonly ChannelRange[];
  /** For `mix`: whether the operator can do without an input channel that always has this code. */
  canDrop?(code: number): boolean;
  /**
   * Constant operands, by input slot, without the channels dropped from input and output; a slot the operator does not
   * use yet is an optional one. Absent when the operator has none.
   */
  constants?(input: Dropped, output: Dropped): ReadonlyMap<number, Replacement>;
}

/** Weights seen as [output channel][tap][input channel], whatever their order in memory. */
export interface FilterLayout {
  readonly outputs: number;
  readonly taps: number;
  /** Input channels of one filter; 1 for depthwise filters. */
  readonly inputs: number;
  /** Position in memory. */
  at(output: number, tap: number, input: number): number;
}

/**
 * As `ChannelRule.reach` for filters. `padded`: taps may lie outside the image, where they contribute nothing.
 * `depthwise`: filter c sees input channel c only, otherwise each sees all.
 */
export function reachOfFilters(
  prepared: LinearParameters,
  layout: FilterLayout,
  input: readonly ChannelRange[],
  { padded, depthwise }: { readonly padded: boolean; readonly depthwise: boolean },
): readonly ChannelRange[] {
  const { weights, weightZeroPoint, bias, inputZeroPoint, multipliers, range } = prepared;
  const least = (value: number) => (padded ? Math.min(0, value) : value);
  const most = (value: number) => (padded ? Math.max(0, value) : value);
  const lows = Float64Array.from(input, ({ low }) => least(low - inputZeroPoint));
  const highs = Float64Array.from(input, ({ high }) => most(high - inputZeroPoint));
  return Array.from({ length: layout.outputs }, (_, output) => {
    let low = 0;
    let high = 0;
    for (let tap = 0; tap < layout.taps; tap++) {
      for (let inner = 0; inner < layout.inputs; inner++) {
        const weight = (weights[layout.at(output, tap, inner)] as number) - weightZeroPoint;
        const channel = depthwise ? output : inner;
        low += weight * ((weight > 0 ? lows[channel] : highs[channel]) as number);
        high += weight * ((weight > 0 ? highs[channel] : lows[channel]) as number);
      }
    }
    const start = bias[output] as number;
    const wraps = low + start < INT32_MIN || high + start > INT32_MAX || low < INT32_MIN || high > INT32_MAX;
    // rescaling is monotone for multipliers ≥ 0
    if (wraps || (multipliers[output] as number) < 0) return { low: range.min, high: range.max };
    return { low: outputCode(prepared, low, output), high: outputCode(prepared, high, output) };
  });
}

/** Filter and bias of an operator as the file has them. */
export interface FilterTensors {
  readonly filter: Tensor;
  readonly bias: Tensor | undefined;
  /** Dimension of the filter along which the output channels lie. */
  readonly outputAxis: number;
  /** The same for the input channels; absent when each filter has its own. */
  readonly inputAxis?: number;
}

/**
 * Filter (slot 1) and bias (slot 2) without the dropped channels. What a dropped input channel contributes to a sum
 * moves into the bias: nothing where its code is the zero point.
 */
export function filterConstants(
  { weights, weightZeroPoint, bias, inputScale, inputZeroPoint }: LinearParameters,
  { outputs, taps, inputs, at }: FilterLayout,
  tensors: FilterTensors,
  input: Dropped,
  output: Dropped,
): ReadonlyMap<number, Replacement> {
  const { filter, outputAxis, inputAxis } = tensors;
  const isDepthwise = inputAxis === undefined;
  const outputsKept = kept(outputs, output);
  const inputsKept = isDepthwise ? [0] : kept(inputs, input);
  const shape = filter.shape.map((extent, axis) => {
    if (axis === outputAxis) return outputsKept.length;
    return axis === inputAxis ? inputsKept.length : extent;
  });
  const data = new Int8Array(outputsKept.length * taps * inputsKept.length);
  const biases = new Int32Array(outputsKept.length);
  outputsKept.forEach((channel, position) => {
    let start = bias[channel] as number;
    for (let tap = 0; tap < taps; tap++) {
      inputsKept.forEach((inner, place) => {
        // in the file's order: output channels outermost, or innermost for depthwise filters
        const to = isDepthwise
          ? tap * outputsKept.length + position
          : (position * taps + tap) * inputsKept.length + place;
        data[to] = weights[at(channel, tap, inner)] as number;
      });
      if (isDepthwise) continue;
      for (const [inner, code] of input) {
        const weight = (weights[at(channel, tap, inner)] as number) - weightZeroPoint;
        start = (start + weight * (code - inputZeroPoint)) | 0;
      }
    }
    biases[position] = start;
  });
  const { scales, zeroPoints } = filter.quantization as Quantization;
  const single = scales.length === 1;
  const scalesKept = single ? scales : outputsKept.map((channel) => scales[channel] as number);
  const zeros = scalesKept.map(() => 0);
  // zero points count with one scale for all channels only, and one of several may be the only one left
  const quantization = { scales: scalesKept, zeroPoints: single ? zeroPoints : zeros, axis: outputAxis };
  const result = new Map<number, Replacement>([[1, { type: filter.type, shape, data: toBytes(data), quantization }]]);
  if (tensors.bias !== undefined || biases.some((value) => value !== 0)) {
    const biasScales = scalesKept.map((scale) => inputScale * scale);
    result.set(2, {
      type: 'int32',
      shape: [outputsKept.length],
      data: toBytes(biases),
      quantization: { scales: biasScales, zeroPoints: zeros, axis: 0 },
    });
  }
  return result;
}

/** Positions that are not dropped. */
export function kept(count: number, dropped: Dropped): readonly number[] {
  return Array.from({ length: count }, (_, channel) => channel).filter((channel) => !dropped.has(channel));
}
