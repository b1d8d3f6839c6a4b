/** Operator options between the file's options tables and the plain records of the intermediate representation. */
import type { Options, OptionValue } from '../ir/graph.js';
import type { EnumDescriptor, Field, ScalarValue, TableDescriptor } from './descriptor.js';
import type { TableView } from './table.js';

/** An integer that a JavaScript number cannot hold exactly. */
export class UnsafeOptionError extends Error {
  constructor(
    readonly field: string,
    readonly value: bigint,
  ) {
    super(`${field} = ${value}`);
  }
}

function toNumber(value: Exclude<ScalarValue, boolean>, field: string): number {
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) throw new UnsafeOptionError(field, value);
  return number;
}

function decodeScalar(value: ScalarValue, field: string, enumeration: EnumDescriptor | undefined): OptionValue {
  if (typeof value === 'boolean') return value;
  const number = toNumber(value, field);
  return enumeration?.names.get(number) ?? number;
}

function decodeField(field: Field, table: TableView | undefined): OptionValue {
  switch (field.kind) {
    case 'scalar':
      return decodeScalar(
        table === undefined ? field.default : (table.read(field) as ScalarValue),
        field.name,
        field.enum,
      );
    case 'string':
      return table === undefined ? '' : (table.read(field) as string);
    case 'scalars': {
      if (table === undefined) return [];
      return Array.from(table.read(field) as Iterable<ScalarValue>, (value) =>
        typeof value === 'boolean' ? Number(value) : toNumber(value, field.name),
      );
    }
    default:
      throw new RangeError(`option ${field.name} is a ${field.kind}, which Options cannot express`);
  }
}

/**
 * The options of `descriptor` as stored in `table`; all defaults without a table, as the format defines an absent one.
 * Scalar enums become names, unknown values stay numbers, vectors become number arrays.
 * Throws UnsafeOptionError for an integer beyond ±2^53.
 */
export function decodeOptions(descriptor: TableDescriptor, table: TableView | undefined): Options {
  return Object.fromEntries(descriptor.fields.map((field) => [field.name, decodeField(field, table)]));
}
