/** Operators that map each 8-bit code to an 8-bit code: one table of 256 bytes, whatever the function. */
import { elementCount } from '../../ir/element-type.js';
import { lookup8 } from '../../kernels/lookup-8.js';
import type { Node, OperatorModule } from '../operator.js';
import type { Signature } from '../signature.js';
import { requireShape } from './node.js';

export interface PreparedLookup {
  readonly count: number;
  /** Output bytes indexed by the input byte read as unsigned. */
  readonly table: Uint8Array;
}

/** The operands of an operator that maps int8 to int8. */
export const int8Operands: Signature = {
  inputs: [{ name: 'input', types: ['int8'] }],
  outputs: [{ name: 'output', types: ['int8'] }],
};

/** Prepares the table of `code → code`; codes are signed for int8, unsigned for uint8. */
export function prepareLookup(node: Node, map: (code: number) => number): PreparedLookup {
  const input = node.input(0);
  const output = node.output(0);
  requireShape(node, output, input.shape);
  const table = new Uint8Array(256).map((_, byte) => map(input.type === 'int8' ? (byte << 24) >> 24 : byte));
  return {
    count: elementCount(input.shape),
    table,
  };
}

/** The parts of an operator module that follow from the table alone. */
export const lookupOperator: Pick<OperatorModule<PreparedLookup>, 'evaluate' | 'channels' | 'kernels'> = {
  evaluate({ table }, [input], [output]) {
    const x = input as Uint8Array;
    const y = output as Uint8Array;
    for (let i = 0; i < x.length; i++) y[i] = table[(x[i] as number) & 0xff] as number;
  },
  channels: ({ table }) => ({
    relation: 'each',
    steps: 0,
    reach: ([input = []]) =>
      input.map(({ low, high }) => {
        const codes = Int8Array.from({ length: high - low + 1 }, (_, i) => table[(low + i) & 0xff] as number);
        return { low: Math.min(...codes), high: Math.max(...codes) };
      }),
  }),
  kernels: [lookup8],
};
