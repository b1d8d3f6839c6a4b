/** Granules of kernels that compute output element i from element i of their inputs. */

import type { Granule } from '../../memory/access.js';
import { elementWise } from '../../memory/access-patterns.js';
import { granule, type Operands } from '../kernel.js';

/** Elements and their bytes, of an input or output. */
export interface Elements {
  readonly count: number;
  readonly bytes: number;
}

export interface ElementWiseGranules {
  /** All elements at once, then row by row when there are rows. */
  readonly granules: readonly Granule[];
  /** Elements that one event of the granule computes. */
  count(granule: Granule): number;
}

/**
 * Granules of a kernel over `count` elements; an input of fewer elements is read completely by every event. Rows are
 * those in which output or input come into being.
 */
export function elementWiseGranules(
  inputs: readonly (Elements | undefined)[],
  output: Elements,
  { inputRowBytes, outputRowBytes }: Operands,
): ElementWiseGranules {
  const whole = granule('whole', elementWise(inputs, output));
  const counts = new Map([[whole, output.count]]);
  const candidates = [
    (outputRowBytes[0] ?? 0) / output.bytes,
    ...inputs.map((input, slot) => (input?.count === output.count ? (inputRowBytes[slot] ?? 0) / input.bytes : 0)),
  ];
  const row = candidates.find((count) => count > 0 && count < output.count && output.count % count === 0);
  if (row !== undefined) counts.set(granule('rows', elementWise(inputs, output, row), { cost: 1.02 }), row);
  return {
    granules: [...counts.keys()],
    count: (chosen) => {
      const count = counts.get(chosen);
      if (count === undefined) throw new Error('the granule is not one of this kernel');
      return count;
    },
  };
}
