/** What the 2-D pooling kernels share: parameters, and the rows of a window that lie inside the image. */

import type { Granule } from '../../memory/access.js';
import { accumulatedRows } from '../../memory/access-patterns.js';
import type { PreparedPool } from '../../operators/support/pooling.js';
import { type Binding, granule } from '../kernel.js';
import { constantStruct } from './c-text.js';
import { rowPointers, windowFields, windowGranule, windowVariants } from './window.js';

/** Bytes of a sum in the working memory. */
const sumBytes = 4;

/**
 * Binds `kernel`, the prefix of the C functions `<kernel>_row` and, when it can take a pool over the whole image row by
 * row, `<kernel>_accumulate` and `<kernel>_finish`.
 */
export function bindPool({ window: whole, range }: PreparedPool, kernel: string, accumulates: boolean): Binding {
  const rowsOf = (kernelH: number, inH: number) => rowPointers(Math.min(kernelH, inH));
  const variants = windowVariants([whole], (window) =>
    windowGranule(window, { stackBytes: rowsOf(window.kernelH, window.inH).stackBytes }),
  );
  const isGlobal =
    whole.batches === 1 && whole.outH * whole.outW === 1 && whole.inH > 1 && whole.kernelH >= whole.inH + whole.padTop;
  const inRow = whole.inW * whole.inC;
  const summed: Granule[] =
    accumulates && isGlobal && whole.kernelW >= whole.inW + whole.padLeft
      ? [
          granule('rows', accumulatedRows(whole.inH * inRow, inRow, whole.inC), {
            scratchBytes: sumBytes * whole.inC,
            scratchKept: true,
            scratchOverlap: 0,
          }),
        ]
      : [];
  return {
    granules: [...variants.granules, ...summed],
    emit(chosen, emitter) {
      const parameters = (window: PreparedPool['window']) =>
        constantStruct('modelc_pool_2d', 'pool', {
          ...windowFields(window),
          out_min: range.min,
          out_max: range.max,
        });
      if (summed.includes(chosen)) {
        return `${parameters(whole)}
uint32_t *sums = (uint32_t *)(void *)${emitter.scratch()};
${kernel}_accumulate(&pool, ${emitter.inputUnit(0, emitter.event)}, ${emitter.isFirst}, sums);
if (${emitter.isLast}) {
    ${kernel}_finish(&pool, sums, ${emitter.output(0)});
}`;
      }
      const window = variants.windowOf(chosen);
      return `${parameters(window)}
${rowsOf(window.kernelH, window.inH).declaration}
const int32_t row_count = modelc_pool_rows(&pool.window, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${emitter.event}, rows);
${kernel}_row(&pool, rows, row_count, ${emitter.outputUnit(0, emitter.event)});`;
    },
  };
}
