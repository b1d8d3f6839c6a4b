import type { Granule } from '../memory/access.js';
import { accumulatedRows, rowMover } from '../memory/access-patterns.js';
import type { LinearParameters } from '../operators/support/linear.js';
import { granule, type Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';
import { channelTable, interleaveChannels } from './support/channels.js';

export interface FullyConnected extends LinearParameters {
  readonly rows: number;
  readonly depth: number;
  readonly units: number;
}

/** Units whose weights the kernel's inner loop reads together. */
const unitBlock = 4;
/** Bytes of a sum in the working memory. */
const sumBytes = 4;

export const fullyConnectedS8: Kernel<FullyConnected> = {
  name: 'fully_connected_s8',
  isa: 'scalar',
  bind(prepared, { inputRowBytes, inputPixelBytes }) {
    const { rows, depth, units, weights, weightZeroPoint, outputZeroPoint, range } = prepared;
    const byRow = granule(
      'rows',
      rowMover(rows, units, (row) => ({ begin: row * depth, end: (row + 1) * depth }), { input: depth }),
    );
    /** Values that each event of a summing granule takes. */
    const parts = new Map<Granule, number>();
    const summed = (kind: 'rows' | 'pixels', part: number, cost: number) => {
      // sums are worth their place only while they are smaller than what need not be kept
      if (rows !== 1 || part >= depth || depth % part !== 0 || sumBytes * units >= depth - part) return;
      const scratch = { scratchBytes: sumBytes * units, scratchKept: true, scratchOverlap: 0 };
      parts.set(granule(kind, accumulatedRows(depth, part, units), { ...scratch, cost }), part);
    };
    summed('rows', inputRowBytes[0] ?? depth, 1.05);
    if (inputPixelBytes[0] !== inputRowBytes[0]) summed('pixels', inputPixelBytes[0] ?? depth, 2);
    return {
      granules: [byRow, ...parts.keys()],
      emit(chosen, emitter) {
        const centred = Int16Array.from(weights, (weight) => weight - weightZeroPoint);
        const channels = channelTable(prepared, (unit) => centred.subarray(unit * depth, (unit + 1) * depth));
        const packed = emitter.constant({
          name: 'weights',
          cType: 'int8_t',
          values: interleaveChannels(weights, 1, units, depth, unitBlock),
          comment: `[group of ${unitBlock} units][depth][${unitBlock}]${units % unitBlock === 0 ? '' : ', left-over units alone'}`,
        });
        const parameters = constantStruct('modelc_fully_connected_s8', 'dense', {
          depth,
          units,
          narrow: Number(channels.narrow),
          weight_zero: weightZeroPoint,
          out_zero: outputZeroPoint,
          out_min: range.min,
          out_max: range.max,
        });
        const table = emitter.constant(channels.array);
        const { event } = emitter;
        const part = parts.get(chosen);
        if (part !== undefined) {
          return `${parameters}
uint32_t *sums = (uint32_t *)(void *)${emitter.scratch()};
modelc_fully_connected_s8_accumulate(&dense, ${emitter.inputUnit(0, event)}, ${event} * ${part}, ${part}, ${packed}, ${table}, ${emitter.isFirst}, sums);
if (${emitter.isLast}) {
    modelc_fully_connected_s8_finish(&dense, sums, ${table}, ${emitter.output(0)});
}`;
        }
        return `${parameters}
modelc_fully_connected_s8_row(&dense, ${emitter.inputUnit(0, event)}, ${packed}, ${table}, ${emitter.outputUnit(0, event)});`;
      },
    };
  },
};
