/** Operands of ADD and MUL: every pattern of broadcasting, constants, the same tensor twice. */
import type { TensorQuantization } from '../../../src/operators/support/quantization.js';
import type { Random } from '../../support/random.js';
import type { GraphBuilder } from './graph-builder.js';
import { oneIn, randomBytes, randomShape } from './random-tensors.js';

export interface Operands {
  readonly inputs: readonly [number, number];
  readonly shape: readonly number[];
}

/** Appends two operands quantised as given; the second may be the first, when both are quantised alike. */
export function appendOperands(
  builder: GraphBuilder,
  random: Random,
  [a, b]: readonly [TensorQuantization, TensorQuantization],
  largestRank: number,
): Operands {
  const shape = randomShape(random, 1 + random.below(largestRank), 4);
  const full = builder.input({ shape, quantization: a });
  switch (random.below(6)) {
    case 0:
      if (a.scale === b.scale && a.zeroPoint === b.zeroPoint) return { inputs: [full, full], shape };
      return { inputs: [full, builder.input({ shape, quantization: b })], shape };
    case 1:
      return { inputs: [full, builder.input({ shape, quantization: b })], shape };
    case 2:
    case 3: {
      const other = operand(builder, random, narrowed(random, shape), b);
      return { inputs: oneIn(random, 2) ? [full, other] : [other, full], shape };
    }
    default: {
      // both repeat along some axis
      const patterns = shape.map(() => random.below(3));
      const first = shape.map((extent, axis) => (patterns[axis] === 1 ? 1 : extent));
      const second = shape.map((extent, axis) => (patterns[axis] === 2 ? 1 : extent));
      builder.tensors.pop();
      builder.inputs.pop();
      const left = builder.input({ shape: first, quantization: a });
      return { inputs: [left, operand(builder, random, second, b)], shape };
    }
  }
}

/** A constant one time in three. */
function operand(
  builder: GraphBuilder,
  random: Random,
  shape: readonly number[],
  quantization: TensorQuantization,
): number {
  if (!oneIn(random, 3)) return builder.input({ shape, quantization });
  const count = shape.reduce((product, extent) => product * extent, 1);
  return builder.tensor({ shape, quantization }, new Int8Array(randomBytes(random, count).buffer));
}

/** `shape` with some extents 1 and some leading dimensions missing. */
function narrowed(random: Random, shape: readonly number[]): number[] {
  const narrow = shape.map((extent) => (oneIn(random, 2) ? 1 : extent));
  return narrow.slice(random.below(shape.length));
}
