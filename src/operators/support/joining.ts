/** CONCATENATION and PACK: inputs laid side by side along one axis of the output. */
import type { TensorData } from '../../ir/element-type.js';
import { joinBlocks } from '../../kernels/copy-blocks.js';
import type { OperatorModule } from '../operator.js';
import { copyBlocks } from './movement.js';

export interface PreparedJoin {
  readonly elementBytes: number;
  /** Rows of the output matrix. */
  readonly outer: number;
  /** Elements per row that each input contributes, and where they start. */
  readonly parts: readonly { readonly start: number; readonly length: number }[];
  /** Elements per output row. */
  readonly rowLength: number;
}

/** The same of an input that is cut into parts. */
export interface PreparedSplit extends PreparedJoin {
  /** The input slot. */
  readonly input: number;
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

export const joinOperator: Pick<OperatorModule<PreparedJoin>, 'evaluate' | 'kernels'> = {
  evaluate({ outer, parts, rowLength }, inputs, [output]) {
    parts.forEach(({ start, length }, slot) => {
      copyBlocks(output as TensorData, start, rowLength, inputs[slot] as TensorData, 0, length, length, outer);
    });
  },
  kernels: [joinBlocks],
};
