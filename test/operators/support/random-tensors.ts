/** Random shapes, quantisation parameters and values, often at the edges of what is allowed. */
import { elementCount } from '../../../src/ir/element-type.js';
import type { Graph, Tensor } from '../../../src/ir/graph.js';
import type { TensorQuantization } from '../../../src/operators/support/quantization.js';
import type { Random } from '../../support/random.js';
import { tensorByteLength } from './graph-builder.js';

/** Uniform integer in [low, high]. */
export function between(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

/** True once in `times`. */
export function oneIn(random: Random, times: number): boolean {
  return random.below(times) === 0;
}

/** A float32 between 2^lowest and 2^(highest + 1); one in four is a power of two. */
export function randomScale(random: Random, lowest = -9, highest = -1): number {
  const mantissa = oneIn(random, 4) ? 0 : random.below(2 ** 23);
  return (1 + mantissa / 2 ** 23) * 2 ** between(random, lowest, highest);
}

/** An int8 zero point; half of them at an edge. */
export function randomZeroPoint(random: Random): number {
  return random.pick([-128, 127, 0, between(random, -128, 127), between(random, -128, 127), between(random, -20, 20)]);
}

export function randomQuantization(random: Random): TensorQuantization {
  return { scale: randomScale(random), zeroPoint: randomZeroPoint(random) };
}

/** A fused activation; TFLite Micro takes those outside the RELU family for none. */
export function randomActivation(random: Random): string {
  return random.pick(['NONE', 'NONE', 'NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1', 'TANH', 'SIGN_BIT']);
}

/** A shape of `rank` extents up to `largest`, extent 1 more often than others. */
export function randomShape(random: Random, rank: number, largest: number): number[] {
  return Array.from({ length: rank }, () => (oneIn(random, 4) ? 1 : between(random, 1, largest)));
}

/** Random order of 0 … count − 1. */
export function randomPermutation(random: Random, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const k = random.below(i + 1);
    [order[i], order[k]] = [order[k] as number, order[i] as number];
  }
  return order;
}

/** Random bytes; some arrays hold extremes only, some one value only. */
export function randomBytes(random: Random, length: number): Uint8Array {
  const uniform = () => random.below(256);
  const extremes = () => random.pick([0x80, 0x7f]);
  const constant = random.pick([0x80, 0x7f, 0, 1, 0xff]);
  const mixed = () => (oneIn(random, 4) ? random.pick([0x80, 0x81, 0x7f, 0x7e, 0, 1, 0xff]) : random.below(256));
  const draw = random.pick([uniform, uniform, uniform, uniform, mixed, mixed, mixed, mixed, extremes, () => constant]);
  return Uint8Array.from({ length }, draw);
}

/** Random weights that use the whole range −127 … 127, as converters write them; some arrays reach −128. */
export function randomWeights(random: Random, length: number): Int8Array {
  const values = new Int8Array(randomBytes(random, length).buffer);
  const lowest = oneIn(random, 4) ? -128 : -127;
  return values.map((value) => Math.max(value, lowest));
}

/** Values for each input of a graph that takes any bytes, for `count` inferences. */
export function randomInferences(random: Random, { inputs, tensors }: Graph, count = 2): Uint8Array[][] {
  return Array.from({ length: count }, () =>
    inputs.map((index) => {
      const tensor = tensors[index] as Tensor;
      if (tensor.type === 'float32') return randomFloats(random, elementCount(tensor.shape));
      const bytes = randomBytes(random, tensorByteLength(tensor));
      return tensor.type === 'bool' ? bytes.map((byte) => byte & 1) : bytes;
    }),
  );
}

/** Bytes of finite float32 values between −2^10 and 2^10. */
function randomFloats(random: Random, count: number): Uint8Array {
  const values = Float32Array.from(
    { length: count },
    () => (random.uint32() - 2 ** 31) * 2 ** between(random, -40, -21),
  );
  return new Uint8Array(values.buffer);
}
