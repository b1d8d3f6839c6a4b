/** CONCATENATION and PACK: inputs laid side by side along one axis of the output. */
import type { TensorData } from '../../ir/element-type.js';
import type { LayerEmitter, OperatorModule } from '../operator.js';
import { copyBlocks, copyBlocksCall } from './movement.js';

export interface PreparedJoin {
  readonly elementBytes: number;
  /** Rows of the output matrix. */
  readonly outer: number;
  /** Elements per row that each input contributes, and where they start. */
  readonly parts: readonly { readonly start: number; readonly length: number }[];
  /** Elements per output row. */
  readonly rowLength: number;
}

/** Lays out parts of the given lengths one after another. */
export function joinParts(elementBytes: number, outer: number, lengths: readonly number[]): PreparedJoin {
  let start = 0;
  const parts = lengths.map((length) => {
    const part = { start, length };
    start += length;
    return part;
  });
  return { elementBytes, outer, parts, rowLength: start };
}

export const joinOperator: Pick<OperatorModule<PreparedJoin>, 'evaluate' | 'emit'> = {
  evaluate({ outer, parts, rowLength }, inputs, [output]) {
    parts.forEach(({ start, length }, slot) => {
      copyBlocks(output as TensorData, start, rowLength, inputs[slot] as TensorData, 0, length, length, outer);
    });
  },
  emit({ elementBytes, outer, parts, rowLength }, emitter: LayerEmitter) {
    emitter.header('modelc_move.h');
    const bytes = (elements: number) => elements * elementBytes;
    return parts
      .map(({ start, length }, slot) =>
        copyBlocksCall(
          emitter.output(0),
          bytes(start),
          bytes(rowLength),
          emitter.input(slot),
          0,
          bytes(length),
          bytes(length),
          outer,
        ),
      )
      .join('\n');
  },
};
