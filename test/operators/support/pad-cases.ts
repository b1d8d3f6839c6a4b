/** Random paddings of 1 to 5 dimensions. */
import type { Random } from '../../support/random.js';
import type { GraphBuilder } from './graph-builder.js';
import { oneIn } from './random-tensors.js';

export interface Paddings {
  /** Tensor index of the paddings. */
  readonly tensor: number;
  readonly shape: readonly number[];
}

/** Appends paddings for a tensor of `shape`; many axes have none. */
export function appendPaddings(builder: GraphBuilder, random: Random, shape: readonly number[]): Paddings {
  const amounts = shape.map(() => (oneIn(random, 3) ? [0, 0] : [random.below(4), random.below(4)]));
  const padded = shape.map((extent, axis) => extent + (amounts[axis]?.[0] ?? 0) + (amounts[axis]?.[1] ?? 0));
  return { tensor: builder.integers(amounts.flat(), [shape.length, 2]), shape: padded };
}
