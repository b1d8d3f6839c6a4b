import { noOverlap, rowMover } from '../memory/access-patterns.js';
import { granule, type Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';

export interface Softmax {
  readonly rows: number;
  readonly depth: number;
  /** e^(−d·beta·scale) as Q0.31 for d = 0, 1, … below the row's maximum; codes further below give probability 0. */
  readonly exponentials: Int32Array;
}

export const softmaxS8: Kernel<Softmax> = {
  name: 'softmax_s8',
  isa: 'scalar',
  bind({ rows, depth, exponentials }) {
    // in its last pass over the row the kernel writes element i after it has read it
    const access = rowMover(
      rows,
      depth,
      (row) => ({ begin: row * depth, end: (row + 1) * depth }),
      { input: depth },
      (reverse) => (reverse ? noOverlap : 0),
    );
    return {
      granules: [granule('rows', access)],
      emit(_, emitter) {
        const table = emitter.constant({
          name: 'exponentials',
          cType: 'int32_t',
          values: exponentials,
          comment: 'e^(-d * beta * scale) as Q0.31, d codes below the maximum of the row',
        });
        const parameters = constantStruct('modelc_softmax_s8', 'softmax', { depth, exponentials: exponentials.length });
        const { event } = emitter;
        return `${parameters}
modelc_softmax_s8_row(&softmax, ${emitter.inputUnit(0, event)}, ${emitter.outputUnit(0, event)}, ${table});`;
      },
    };
  },
};
