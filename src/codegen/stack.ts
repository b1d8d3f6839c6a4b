import type { Program } from '../compiler.js';
import { layerRuns } from './program-view.js';

/** Call frames of `<name>_run`, a layer function and the arithmetic helpers of Armv6-M, without the layer's arrays. */
const frameBytes = 512;

/**
 * Upper bound of the stack that `<name>_run` uses on 32-bit targets at -O2: call frames, and the arrays of the layer
 * that declares most. `modelc verify` fails when a measurement exceeds it.
 */
export function stackBound(program: Program): number {
  const runs = [...layerRuns(program).values()];
  return frameBytes + runs.reduce((most, { granule }) => Math.max(most, granule.stackBytes), 0);
}
