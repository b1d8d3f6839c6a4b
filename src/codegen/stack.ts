import type { Program } from '../compiler.js';

/** Call frames of `<name>_run`, a layer function and the arithmetic helpers of Armv6-M, without the layer's arrays. */
const frameBytes = 512;

/**
 * Upper bound of the stack that `<name>_run` uses on 32-bit targets at -O2: call frames, and the arrays of the layer
 * that declares most. `modelc verify` fails when a measurement exceeds it.
 */
export function stackBound({ segments }: Pick<Program, 'segments'>): number {
  const granules = segments.flatMap((segment) => segment.granules);
  return frameBytes + granules.reduce((most, { stackBytes }) => Math.max(most, stackBytes), 0);
}
