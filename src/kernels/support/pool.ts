/** What the 2-D pooling kernels share: parameters, and the rows of a window that lie inside the image. */

import type { Granule } from '../../memory/access.js';
import { accumulatedRows } from '../../memory/access-patterns.js';
import type { PreparedPool } from '../../operators/support/pooling.js';
import type { Window } from '../../operators/support/window.js';
import { type Binding, granule } from '../kernel.js';
import { constantStruct } from './c-text.js';
import { emitTaps, rowPointers, windowFields, windowVariants } from './window.js';

/** Instructions by pixels relative to rows. */
const pixelCost = 1.5;
/** Bytes of a sum in the working memory. */
const sumBytes = 4;

/**
 * Binds `kernel`, the prefix of the C functions `<kernel>_row` and, when it can take a pool over the whole image row by
 * row, `<kernel>_accumulate` and `<kernel>_finish`.
 */
export function bindPool({ window: whole, range }: PreparedPool, kernel: string, accumulates: boolean): Binding {
  const room = ({ kernelH, inH }: Window) => Math.min(kernelH, inH);
  const variants = windowVariants([whole], room, pixelCost);
  const isGlobal =
    whole.batches === 1 && whole.outH * whole.outW === 1 && whole.inH > 1 && whole.kernelH >= whole.inH + whole.padTop;
  const isSummed = accumulates && isGlobal && whole.kernelW >= whole.inW + whole.padLeft;
  /** Pixels that each event of a summing granule takes. */
  const pixels = new Map<Granule, number>();
  const summed = (kind: 'rows' | 'pixels', count: number, cost: number) => {
    const access = accumulatedRows(whole.inH * whole.inW * whole.inC, count * whole.inC, whole.inC);
    const scratch = { scratchBytes: sumBytes * whole.inC, scratchKept: true, scratchOverlap: 0 };
    pixels.set(granule(kind, access, { ...scratch, cost }), count);
  };
  if (isSummed) summed('rows', whole.inW, 1);
  if (isSummed && whole.inW > 1) summed('pixels', 1, 1.5);
  return {
    granules: [...variants.granules, ...pixels.keys()],
    emit(chosen, emitter) {
      const parameters = (window: PreparedPool['window']) =>
        constantStruct('modelc_pool_2d', 'pool', {
          ...windowFields(window),
          out_min: range.min,
          out_max: range.max,
        });
      const count = pixels.get(chosen);
      if (count !== undefined) {
        return `${parameters(whole)}
uint32_t *sums = (uint32_t *)(void *)${emitter.scratch()};
${kernel}_accumulate(&pool, ${emitter.inputUnit(0, emitter.event)}, ${count}, ${emitter.isFirst}, sums);
if (${emitter.isLast}) {
    ${kernel}_finish(&pool, sums, ${emitter.output(0)});
}`;
      }
      const window = variants.windowOf(chosen);
      if (chosen.kind === 'pixels') {
        return `${parameters(window)}
${emitTaps(emitter, 'pool', window)}
${kernel}_pixel(&pool, taps, ${emitter.outputUnit(0, emitter.event)});`;
      }
      return `${parameters(window)}
${rowPointers(room(window)).declaration}
const int32_t row_count = modelc_pool_rows(&pool.window, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${emitter.event}, rows);
${kernel}_row(&pool, rows, row_count, ${emitter.outputUnit(0, emitter.event)});`;
    },
  };
}
