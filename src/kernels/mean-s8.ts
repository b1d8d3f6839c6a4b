import type { Granule } from '../memory/access.js';
import { accumulatedRows, wholeAccess } from '../memory/access-patterns.js';
import type { QuantizedMultiplier } from '../operators/support/fixed-point.js';
import { granule, type Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';

/** Loop nest that alternates kept and reduced dimensions, strides in elements of the input. */
export interface Reduction {
  readonly keptExtents: readonly number[];
  readonly keptStrides: readonly number[];
  readonly reducedExtents: readonly number[];
  readonly reducedStrides: readonly number[];
}

export interface Mean {
  readonly loop: Reduction;
  /** Elements that one mean is made of. */
  readonly count: number;
  readonly inputZeroPoint: number;
  readonly outputZeroPoint: number;
  /** With the division by `count` folded in. */
  readonly output: QuantizedMultiplier;
}

/** Nested loops of each kind in the kernel (`MODELC_REDUCTION_DIMS`). */
export const reductionDimensions = 3;
/** Bytes of a sum in the working memory. */
const sumBytes = 4;

export const meanS8: Kernel<Mean> = {
  name: 'mean_s8',
  isa: 'scalar',
  bind(
    { loop, count, inputZeroPoint, outputZeroPoint, output },
    { inputBytes, outputBytes, inputRowBytes, inputPixelBytes },
  ) {
    const whole = granule('whole', wholeAccess(inputBytes, outputBytes));
    const total = inputBytes[0] ?? 0;
    const channels = loop.keptExtents[0] ?? 0;
    // the mean of an image for each channel: kept [channels], reduced [pixels]
    const isPerChannel = loop.keptExtents.length === 1 && loop.keptStrides[0] === 1 && loop.reducedExtents.length === 1;
    /** Bytes that each event of a summing granule takes. */
    const parts = new Map<Granule, number>();
    const summed = (kind: 'rows' | 'pixels', part: number, cost: number) => {
      // sums are worth their place only while they are smaller than what need not be kept
      if (!isPerChannel || part === 0 || part % channels !== 0 || total % part !== 0) return;
      if (sumBytes * channels >= total - part) return;
      const scratch = { scratchBytes: sumBytes * channels, scratchKept: true, scratchOverlap: 0 };
      parts.set(granule(kind, accumulatedRows(total, part, channels), { ...scratch, cost }), part);
    };
    summed('rows', inputRowBytes[0] ?? 0, 1);
    if (inputPixelBytes[0] !== inputRowBytes[0]) summed('pixels', inputPixelBytes[0] ?? 0, 1.5);
    return {
      granules: [whole, ...parts.keys()],
      emit(chosen, emitter) {
        const fields = (name: string, list: readonly number[], fill: number) => {
          const padded = [...new Array<number>(reductionDimensions - list.length).fill(fill), ...list];
          return Object.fromEntries(padded.map((value, i) => [`${name}[${i}]`, value]));
        };
        const parameters = constantStruct('modelc_mean_s8', 'mean', {
          ...fields('kept_extent', loop.keptExtents, 1),
          ...fields('kept_stride', loop.keptStrides, 0),
          ...fields('reduced_extent', loop.reducedExtents, 1),
          ...fields('reduced_stride', loop.reducedStrides, 0),
          offset: -Math.imul(inputZeroPoint, count) | 0,
          out_multiplier: output.multiplier,
          out_right_shift: -output.shift,
          out_zero: outputZeroPoint,
        });
        const part = parts.get(chosen);
        if (part === undefined) {
          return `${parameters}
modelc_mean_s8_whole(&mean, ${emitter.input(0)}, ${emitter.output(0)});`;
        }
        return `${parameters}
uint32_t *sums = (uint32_t *)(void *)${emitter.scratch()};
modelc_mean_s8_accumulate(&mean, ${emitter.inputUnit(0, emitter.event)}, ${channels}, ${part / channels}, ${emitter.isFirst}, sums);
if (${emitter.isLast}) {
    modelc_mean_s8_finish(&mean, sums, ${channels}, ${emitter.output(0)});
}`;
      },
    };
  },
};
