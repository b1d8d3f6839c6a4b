import { toBytes } from '../ir/element-type.js';
import { emptySpan } from '../memory/access.js';
import { rowMover } from '../memory/access-patterns.js';
import type { PreparedPad } from '../operators/support/padding.js';
import { granule, type Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';

export const pad: Kernel<PreparedPad> = {
  name: 'pad',
  isa: 'scalar',
  bind(prepared) {
    const { elementBytes, input, output, before, fill } = prepared;
    const rows = output.slice(0, -1).reduce((product, extent) => product * extent, 1);
    const inRow = (input.at(-1) as number) * elementBytes;
    const outRow = (output.at(-1) as number) * elementBytes;
    const read = (row: number) => {
      const source = inputRow(prepared, row);
      return source === undefined ? emptySpan : { begin: source * inRow, end: (source + 1) * inRow };
    };
    return {
      granules: [granule('rows', rowMover(rows, outRow, read, { input: inRow }))],
      emit(_, emitter) {
        const fields = (name: string, list: readonly number[]) =>
          Object.fromEntries(list.map((value, i) => [`${name}[${i}]`, value]));
        const parameters = constantStruct('modelc_pad', 'pad', {
          element_bytes: elementBytes,
          ...fields('in_extent', input),
          ...fields('out_extent', output),
          ...fields('before', before),
          ...fields('fill', [...toBytes(fill)]),
        });
        const { event } = emitter;
        return `${parameters}
modelc_pad_row(&pad, ${event}, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${emitter.outputUnit(0, event)});`;
      },
    };
  },
};

/** The input row under output row `row`; undefined for a row of nothing but padding. */
function inputRow({ input, output, before }: PreparedPad, row: number): number | undefined {
  let rest = row;
  let index = 0;
  let stride = 1;
  for (let dimension = input.length - 2; dimension >= 0; dimension--) {
    const extent = input[dimension] as number;
    const inside = (rest % (output[dimension] as number)) - (before[dimension] as number);
    if (inside < 0 || inside >= extent) return undefined;
    rest = Math.floor(rest / (output[dimension] as number));
    index += inside * stride;
    stride *= extent;
  }
  return index;
}
