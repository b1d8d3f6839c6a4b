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
  /** All elements at once, then by rows and by pixels when there are any. */
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
  operands: Operands,
): ElementWiseGranules {
  const whole = granule('whole', elementWise(inputs, output));
  const counts = new Map([[whole, output.count]]);
  /** The first number of elements, of the output or an input, that cuts the output into several equal parts. */
  const part = (outputBytes: readonly number[], inputBytes: readonly number[]) =>
    [
      (outputBytes[0] ?? 0) / output.bytes,
      ...inputs.map((input, slot) => (input?.count === output.count ? (inputBytes[slot] ?? 0) / input.bytes : 0)),
    ].find((count) => count > 0 && count < output.count && output.count % count === 0);
  const row = part(operands.outputRowBytes, operands.inputRowBytes);
  if (row !== undefined) counts.set(granule('rows', elementWise(inputs, output, row), { cost: 1.02 }), row);
  const pixel = part(operands.outputPixelBytes, operands.inputPixelBytes);
  if (pixel !== undefined && pixel !== row) {
    counts.set(granule('pixels', elementWise(inputs, output, pixel), { cost: 1.5 }), pixel);
  }
  return {
    granules: [...counts.keys()],
    count: (chosen) => {
      const count = counts.get(chosen);
      if (count === undefined) throw new Error('the granule is not one of this kernel');
      return count;
    },
  };
}
