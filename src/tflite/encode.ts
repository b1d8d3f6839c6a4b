/** Tables from plain values, by their descriptors: the counterpart of the accessors. */
import type { Builder, Offset } from 'flatbuffers';
import { type Field, type ScalarType, type ScalarValue, scalars, type TableDescriptor } from './descriptor.js';

/** Field values by name. Fields left out are absent from the file. */
export interface TableValues {
  readonly [field: string]: FieldValue | undefined;
}
export type FieldValue =
  | ScalarValue
  | string
  | Uint8Array
  | readonly ScalarValue[]
  | TableValues
  | readonly TableValues[]
  | UnionValue;
/** A member of the field's union with its content. */
export interface UnionValue {
  readonly member: TableDescriptor;
  readonly values: TableValues;
}

interface ScalarWriter {
  add(builder: Builder, value: ScalarValue): void;
  /** Omits the field when `value` equals `absent`, the default. */
  addField(builder: Builder, slot: number, value: ScalarValue, absent: ScalarValue): void;
}

const int8: ScalarWriter = {
  add: (builder, value) => builder.addInt8(Number(value)),
  addField: (builder, slot, value, absent) => builder.addFieldInt8(slot, Number(value), Number(absent)),
};
const int16: ScalarWriter = {
  add: (builder, value) => builder.addInt16(Number(value)),
  addField: (builder, slot, value, absent) => builder.addFieldInt16(slot, Number(value), Number(absent)),
};
const int32: ScalarWriter = {
  add: (builder, value) => builder.addInt32(Number(value)),
  addField: (builder, slot, value, absent) => builder.addFieldInt32(slot, Number(value), Number(absent)),
};
const int64: ScalarWriter = {
  add: (builder, value) => builder.addInt64(BigInt(value)),
  addField: (builder, slot, value, absent) => builder.addFieldInt64(slot, BigInt(value), BigInt(absent)),
};
const float32: ScalarWriter = {
  add: (builder, value) => builder.addFloat32(Number(value)),
  addField: (builder, slot, value, absent) => builder.addFieldFloat32(slot, Number(value), Number(absent)),
};
const float64: ScalarWriter = {
  add: (builder, value) => builder.addFloat64(Number(value)),
  addField: (builder, slot, value, absent) => builder.addFieldFloat64(slot, Number(value), Number(absent)),
};

/** The builder stores the low bits, so signed and unsigned types share a writer. */
const writers: Readonly<Record<ScalarType, ScalarWriter>> = {
  bool: int8,
  byte: int8,
  ubyte: int8,
  short: int16,
  ushort: int16,
  int: int32,
  uint: int32,
  long: int64,
  ulong: int64,
  float: float32,
  double: float64,
};

/** FlatBuffers are built from the end, so vectors are filled from their last element to the first. */
function encodeScalars(builder: Builder, type: ScalarType, values: readonly ScalarValue[], alignment: number): Offset {
  const { byteWidth } = scalars[type];
  builder.startVector(byteWidth, values.length, Math.max(byteWidth, alignment));
  for (const value of values.toReversed()) writers[type].add(builder, value);
  return builder.endVector();
}

function encodeBytes(builder: Builder, bytes: Uint8Array, alignment: number): Offset {
  builder.prep(Math.max(4, alignment), bytes.length);
  return builder.createByteVector(bytes);
}

function encodeTables(builder: Builder, table: TableDescriptor, values: readonly TableValues[]): Offset {
  const offsets = values.map((entry) => encodeTable(builder, table, entry));
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

/** Writes what lies outside a table's inline part; undefined for scalars, which do not. */
function encodeChild(builder: Builder, field: Field, value: FieldValue): Offset | undefined {
  switch (field.kind) {
    case 'scalar':
      return undefined;
    case 'string':
      return builder.createString(value as string);
    case 'scalars':
      return value instanceof Uint8Array
        ? encodeBytes(builder, value, field.alignment ?? 1)
        : encodeScalars(builder, field.type, value as readonly ScalarValue[], field.alignment ?? 1);
    case 'table':
      return encodeTable(builder, field.table, value as TableValues);
    case 'tables':
      return encodeTables(builder, field.table, value as readonly TableValues[]);
    case 'union': {
      const { member, values } = value as UnionValue;
      return encodeTable(builder, member, values);
    }
  }
}

/** Writes a table and all it contains. Values must have the shape that the descriptor asks for. */
export function encodeTable(builder: Builder, descriptor: TableDescriptor, values: TableValues): Offset {
  const present = descriptor.fields.flatMap((field) => {
    const value = values[field.name];
    return value === undefined ? [] : [{ field, value, child: encodeChild(builder, field, value) }];
  });
  builder.startObject(descriptor.slots);
  for (const { field, value, child } of present) {
    if (field.kind === 'scalar') {
      writers[field.type].addField(builder, field.id, value as ScalarValue, field.default);
    }
    if (child !== undefined) builder.addFieldOffset(field.id, child, 0);
    if (field.kind === 'union') {
      const type = field.union.members.indexOf((value as UnionValue).member) + 1;
      builder.addFieldInt8(field.id - 1, type, 0);
    }
  }
  return builder.endObject();
}
