import type { Granule } from '../memory/access.js';
import { concatenatedBlocks, splitBlocks, wholeAccess } from '../memory/access-patterns.js';
import type { PreparedJoin, PreparedSplit } from '../operators/support/joining.js';
import { granule, type Kernel } from './kernel.js';

/** Blocks of a joined row of `rowBytes` that make up one row of the image; 1 when there are no such rows. */
function blocksPerRow(outer: number, blockBytes: number, imageRowBytes: number): number {
  const blocks = imageRowBytes / blockBytes;
  return Number.isInteger(blocks) && blocks >= 1 && outer % blocks === 0 ? blocks : outer;
}

/** CONCATENATION and PACK. */
export const joinBlocks: Kernel<PreparedJoin> = {
  name: 'copy_blocks',
  isa: 'scalar',
  bind({ elementBytes, outer, parts, rowLength }, { inputBytes, outputBytes, outputRowBytes }) {
    const bytes = (elements: number) => elements * elementBytes;
    const whole = granule('whole', wholeAccess(inputBytes, outputBytes));
    const blocks = blocksPerRow(outer, bytes(rowLength), outputRowBytes[0] ?? 0);
    const rows: Granule[] =
      blocks < outer
        ? [
            granule(
              'rows',
              concatenatedBlocks(
                outer / blocks,
                parts.map(({ length }) => blocks * bytes(length)),
              ),
              { cost: 1.05 },
            ),
          ]
        : [];
    return {
      granules: [whole, ...rows],
      emit(chosen, emitter) {
        const count = rows.includes(chosen) ? blocks : outer;
        const out = emitter.outputUnit(0, emitter.event);
        return parts
          .map(
            ({ start, length }, slot) =>
              `modelc_copy_blocks(${out}, ${bytes(start)}, ${bytes(rowLength)}, ${emitter.inputUnit(slot, emitter.event)}, 0, ${bytes(length)}, ${bytes(length)}, ${count});`,
          )
          .join('\n');
      },
    };
  },
};

/** SPLIT and SPLIT_V. */
export const splitIntoBlocks: Kernel<PreparedSplit> = {
  name: 'copy_blocks',
  isa: 'scalar',
  bind({ input, elementBytes, outer, parts, rowLength }, { inputBytes, outputBytes, inputRowBytes }) {
    const bytes = (elements: number) => elements * elementBytes;
    const whole = granule('whole', wholeAccess(inputBytes, outputBytes));
    const blocks = blocksPerRow(outer, bytes(rowLength), inputRowBytes[input] ?? 0);
    const rows: Granule[] =
      blocks < outer
        ? [
            granule(
              'rows',
              splitBlocks(
                outer / blocks,
                parts.map(({ length }) => blocks * bytes(length)),
              ),
              { cost: 1.05 },
            ),
          ]
        : [];
    return {
      granules: [whole, ...rows],
      emit(chosen, emitter) {
        const count = rows.includes(chosen) ? blocks : outer;
        const from = emitter.inputUnit(input, emitter.event);
        return parts
          .map(
            ({ start, length }, part) =>
              `modelc_copy_blocks(${emitter.outputUnit(part, emitter.event)}, 0, ${bytes(length)}, ${from}, ${bytes(start)}, ${bytes(rowLength)}, ${bytes(length)}, ${count});`,
          )
          .join('\n');
      },
    };
  },
};
