/** Files with chosen contents, and the places in them, for tests that damage files. */
import { Builder, ByteBuffer } from 'flatbuffers';
import type { TableDescriptor } from '../../src/tflite/descriptor.js';
import { encodeTable, type TableValues } from '../../src/tflite/encode.js';
import { fileIdentifier, rootTable } from '../../src/tflite/schema.generated.js';
import { fieldPosition } from '../../src/tflite/table.js';

/** A file whose root table holds exactly `values`. */
export function encodeFile(values: TableValues): Uint8Array {
  const builder = new Builder();
  builder.finish(encodeTable(builder, rootTable, values), fileIdentifier);
  return builder.asUint8Array().slice();
}

export interface Located {
  /** Position of the innermost table on the path. */
  readonly table: number;
  /** Position of the last field's inline value: a scalar, or the offset to what it holds. */
  readonly inline: number;
  /** Position of the type, when the last field is a union. */
  readonly unionType: number;
  /** Position of what the last field's offset leads to. */
  readonly target: number;
}

/** Follows field names and vector positions from the root: `['subgraphs', 0, 'tensors', 1, 'shape']`. */
export function locate(file: Uint8Array, path: readonly (string | number)[]): Located {
  const bytes = new ByteBuffer(file);
  const follow = (at: number): number => at + bytes.readUint32(at);
  let table = follow(0);
  let descriptor: TableDescriptor = rootTable;
  let inline = 0;
  let unionType = 0;
  for (const step of path) {
    if (typeof step === 'number') {
      table = follow(follow(inline) + 4 + 4 * step);
      continue;
    }
    const field = descriptor.fields.find(({ name }) => name === step);
    if (field === undefined) throw new Error(`${descriptor.name} has no field ${step}`);
    inline = fieldPosition(bytes, table, field.id);
    if (inline === 0) throw new Error(`the file has no ${descriptor.name}.${step}`);
    if (field.kind === 'union') unionType = fieldPosition(bytes, table, field.id - 1);
    if (field.kind === 'table') table = follow(inline);
    if (field.kind === 'table' || field.kind === 'tables') descriptor = field.table;
  }
  return { table, inline, unionType, target: follow(inline) };
}

/** A copy of `file` with a 32-bit little-endian value written at `at`. */
export function withUint32(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = file.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

/** A copy of `file` with a 16-bit little-endian value written at `at`. */
export function withUint16(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = file.slice();
  new DataView(copy.buffer).setUint16(at, value, true);
  return copy;
}
