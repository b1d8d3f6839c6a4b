/**
 * How the schema is described at run time. schema.generated.ts consists of these descriptors; verifier, accessors,
 * option decoding and writer all walk them, so a table is known in one place only.
 */
import type { ByteBuffer } from 'flatbuffers';

/** Scalar types by their name in schema files. */
export type ScalarType =
  | 'bool'
  | 'byte'
  | 'ubyte'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'float'
  | 'double';

/** 64-bit integers are bigint, everything else is number or boolean. */
export type ScalarValue = number | boolean | bigint;

interface Scalar {
  readonly byteWidth: number;
  read(bytes: ByteBuffer, position: number): ScalarValue;
}

export const scalars: Readonly<Record<ScalarType, Scalar>> = {
  bool: { byteWidth: 1, read: (bytes, position) => bytes.readUint8(position) !== 0 },
  byte: { byteWidth: 1, read: (bytes, position) => bytes.readInt8(position) },
  ubyte: { byteWidth: 1, read: (bytes, position) => bytes.readUint8(position) },
  short: { byteWidth: 2, read: (bytes, position) => bytes.readInt16(position) },
  ushort: { byteWidth: 2, read: (bytes, position) => bytes.readUint16(position) },
  int: { byteWidth: 4, read: (bytes, position) => bytes.readInt32(position) },
  uint: { byteWidth: 4, read: (bytes, position) => bytes.readUint32(position) },
  long: { byteWidth: 8, read: (bytes, position) => bytes.readInt64(position) },
  ulong: { byteWidth: 8, read: (bytes, position) => bytes.readUint64(position) },
  float: { byteWidth: 4, read: (bytes, position) => bytes.readFloat32(position) },
  double: { byteWidth: 8, read: (bytes, position) => bytes.readFloat64(position) },
};

export interface EnumDescriptor {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
  /** Name of each value. A file may hold values that are not in it. */
  readonly names: ReadonlyMap<number, string>;
}

export function defineEnum(name: string, values: Readonly<Record<string, number>>): EnumDescriptor {
  return { name, values, names: new Map(Object.entries(values).map(([key, value]) => [value, key])) };
}

export interface UnionDescriptor {
  readonly name: string;
  /** Member of union type i + 1; union type 0 is NONE. */
  readonly members: readonly TableDescriptor[];
}

interface FieldBase {
  readonly name: string;
  /** Slot in the vtable, counted from 0. */
  readonly id: number;
}
export interface ScalarField extends FieldBase {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly default: ScalarValue;
  readonly enum?: EnumDescriptor;
}
export interface StringField extends FieldBase {
  readonly kind: 'string';
}
/** Vector of scalars. */
export interface ScalarsField extends FieldBase {
  readonly kind: 'scalars';
  readonly type: ScalarType;
  readonly enum?: EnumDescriptor;
  /** Alignment in bytes of the first element within the file, when more than the element's own. */
  readonly alignment?: number;
}
export interface TableField extends FieldBase {
  readonly kind: 'table';
  readonly table: TableDescriptor;
}
/** Vector of tables. */
export interface TablesField extends FieldBase {
  readonly kind: 'tables';
  readonly table: TableDescriptor;
}
/** The value of a union; its type (ubyte) lies in slot `id` − 1. */
export interface UnionField extends FieldBase {
  readonly kind: 'union';
  readonly union: UnionDescriptor;
}
export type Field = ScalarField | StringField | ScalarsField | TableField | TablesField | UnionField;

/** `Fields` maps each field name to what its accessor returns; it exists for the type checker only. */
export interface TableDescriptor<Fields = unknown> {
  readonly name: string;
  /** Number of vtable slots, deprecated fields included. */
  readonly slots: number;
  readonly fields: readonly Field[];
  readonly fieldTypes?: Fields;
}
