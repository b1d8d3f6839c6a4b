/** Operator options between the file's options tables and the plain records of the intermediate representation. */
import { ModelcError } from '../errors.js';
import type { Options, OptionValue } from '../ir/graph.js';
import type { EnumDescriptor, Field, ScalarValue, TableDescriptor } from './descriptor.js';
import type { FieldValue, TableValues } from './encode.js';
import { operatorOptions } from './schema.generated.js';
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

/** The options an operator has when its file states none; none for an operator that the schema does not have. */
export function defaultOptions(operator: string): Options {
  const descriptor = operatorOptions.get(operator);
  return descriptor === undefined ? {} : decodeOptions(descriptor, undefined);
}

function encodeField(field: Field, value: OptionValue, wrongValue: () => never): FieldValue {
  const integer = (number: unknown): ScalarValue => {
    if (typeof number !== 'number') return wrongValue();
    const isWide = 'type' in field && (field.type === 'long' || field.type === 'ulong');
    return isWide ? BigInt(number) : number;
  };
  switch (field.kind) {
    case 'scalar': {
      if (field.type === 'bool') return typeof value === 'boolean' ? value : wrongValue();
      return integer(typeof value === 'string' ? field.enum?.values[value] : value);
    }
    case 'string':
      return typeof value === 'string' ? value : wrongValue();
    case 'scalars':
      return Array.isArray(value) ? value.map(integer) : wrongValue();
    default:
      return wrongValue();
  }
}

/**
 * The inverse of `decodeOptions`: options left out get the schema's defaults.
 * Throws ModelcError for an option that `descriptor` does not have or cannot hold.
 */
export function encodeOptions(descriptor: TableDescriptor, options: Options): TableValues {
  const encoded = Object.entries(options).map(([name, value]) => {
    const wrongValue = (): never => {
      const message = `${descriptor.name} cannot hold ${name} = ${String(value)}.`;
      const remedy = 'Use the names and values of the schema.';
      throw new ModelcError({ code: 'model/unsupported-option', message, remedy, place: {} });
    };
    const field = descriptor.fields.find((candidate) => candidate.name === name) ?? wrongValue();
    return [name, encodeField(field, value, wrongValue)] as const;
  });
  return Object.fromEntries(encoded);
}
