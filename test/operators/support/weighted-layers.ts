/**
 * Weights, biases and scales of convolutions and fully connected layers, with the oddities that converters leave and
 * TFLite Micro accepts: biases that are no vectors, zero points of weights, scale 0 of pruned channels, scales stated
 * along another axis of the same extent.
 */
import type { Quantization } from '../../../src/ir/graph.js';
import { quantizeMultiplier } from '../../../src/operators/support/fixed-point.js';
import type { TensorQuantization } from '../../../src/operators/support/quantization.js';
import type { Random } from '../../support/random.js';
import type { GraphBuilder } from './graph-builder.js';
import { between, oneIn, randomScale, randomWeights, randomZeroPoint } from './random-tensors.js';

export interface WeightedLayer {
  /** Tensor index of the weights. */
  readonly weights: number;
  /** Tensor index of the bias, −1 when there is none. */
  readonly bias: number;
  readonly output: TensorQuantization;
}

/** What the weights of a layer look like in memory. */
export interface WeightLayout {
  readonly shape: readonly number[];
  /** Axis of output channels. */
  readonly axis: number;
}

/**
 * Appends weights and bias for a layer that reads `input`, with an output quantisation that mostly keeps results in
 * range. Accumulators stay below 2^31 in magnitude, also after a left shift: beyond, TFLite Micro is undefined.
 */
export function appendWeights(
  builder: GraphBuilder,
  random: Random,
  input: TensorQuantization,
  { shape, axis }: WeightLayout,
): WeightedLayer {
  const channels = shape[axis] as number;
  const count = shape.reduce((product, extent) => product * extent, 1);
  const taps = count / channels;
  const data = randomWeights(random, count);
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const channelOf = (index: number) => Math.floor(index / inner) % channels;

  const base = randomScale(random);
  const { scales, statedAxis } = weightScales(random, base, shape, axis);
  const real = realMultiplier(random, taps);
  const output = { scale: Math.fround((input.scale * base) / real), zeroPoint: randomZeroPoint(random) };

  const reach = new Array<number>(channels).fill(0);
  data.forEach((weight, i) => {
    reach[channelOf(i)] = (reach[channelOf(i)] as number) + Math.abs(weight) * 255;
  });
  const limits = reach.map((sum, channel) => {
    const scale = scales[scales.length === 1 ? 0 : channel] as number;
    const { shift } = quantizeMultiplier((input.scale * scale) / output.scale);
    return 2 ** (31 - Math.max(0, shift)) - 1 - sum;
  });
  data.forEach((_, i) => {
    if ((limits[channelOf(i)] as number) < 0) data[i] = 0;
  });
  // a zero point adds to each tap; only where that cannot overflow
  const room = Math.min(...limits) - taps * 128 * 255;
  const zeroPoints = scales.map(() => (room > 0 && oneIn(random, 4) ? randomZeroPoint(random) : 0));
  const quantization: Quantization = { scales, zeroPoints, axis: statedAxis };
  const weights = builder.tensor({ shape, quantization }, data);
  if (oneIn(random, 4)) return { weights, bias: -1, output };
  const largest = 2 ** random.pick([4, 10, 10, 16, 30, 31]);
  const surplus = oneIn(random, 12) ? [0, 0, 0] : [];
  const values = Int32Array.from([...limits, ...surplus], (limit) => {
    const bound = Math.min(largest, Math.max(0, room > 0 ? room : limit));
    if (oneIn(random, 8)) return random.pick([-bound, bound]);
    return Math.trunc(((random.uint32() - 2 ** 31) / 2 ** 31) * bound);
  });
  const bias = builder.tensor(
    {
      type: 'int32',
      shape: biasShape(random, values.length),
      // with one scale for all weights FULLY_CONNECTED compares that of the bias
      ...(scales.length > 1 && oneIn(random, 4)
        ? {}
        : {
            quantization: {
              scales: scales.map((scale) => Math.fround(input.scale * scale)),
              zeroPoints: scales.map(() => 0),
              axis: random.pick([0, axis]),
            },
          }),
    },
    values,
  );
  return { weights, bias, output };
}

/** Shapes whose values are read like a vector of `count`. */
function biasShape(random: Random, count: number): number[] {
  return random.pick([[count], [count], [count], [1, count], [count, 1], [1, 1, 1, count], [1, count, 1]]);
}

/**
 * One scale for all channels or one each: mostly close to `base`, sometimes far from it, and 0 for pruned channels. The
 * file may state an axis other than that of the channels, when there is one with as many indices; for a matrix also one
 * with more, whose further scales do not count.
 */
function weightScales(
  random: Random,
  base: number,
  shape: readonly number[],
  axis: number,
): { scales: number[]; statedAxis: number } {
  const channels = shape[axis] as number;
  const pruned = (scale: number, times: number) => (oneIn(random, times) ? 0 : scale);
  if (oneIn(random, 3)) return { scales: [pruned(base, 20)], statedAxis: axis };
  const spread = random.pick([1, 1, 3, 12]);
  const fitting = shape.flatMap((extent, other) =>
    extent === channels || (shape.length === 2 && extent > channels) ? [other] : [],
  );
  const statedAxis = oneIn(random, 2) ? axis : random.pick(fitting);
  const none = oneIn(random, 30);
  const scales = Array.from({ length: shape[statedAxis] as number }, () =>
    none ? 0 : pruned(Math.fround(randomScale(random, -spread, spread - 1) * base), 16),
  );
  return { scales, statedAxis };
}

/** Effective multiplier of a layer whose accumulators add up `taps` products. */
function realMultiplier(random: Random, taps: number): number {
  const typical = -7 - Math.ceil((32 - Math.clz32(taps)) / 2);
  switch (random.below(16)) {
    case 0:
      return 2 ** between(random, typical - 4, 2);
    case 1: // left shifts
      return randomScale(random, 0, 5);
    case 2: // rounds everything to the zero point, or flushes to 0
      return randomScale(random, -34, -28);
    default:
      return randomScale(random, typical - 2, typical + 2);
  }
}
