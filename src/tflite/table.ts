/**
 * Accessors: typed views of tables inside a FlatBuffer. They trust what they read. Only the verifier hands out the
 * first view, after it has checked everything a view can reach.
 */
import type { ByteBuffer } from 'flatbuffers';
import { type Field, type ScalarValue, scalars, type TableDescriptor } from './descriptor.js';

/** The value of a union: `table` is absent when the schema does not know the type. */
export interface UnionView {
  readonly type: number;
  readonly table?: TableView;
}

/**
 * Position of a field's inline value, or 0 when the table does not have it. The vtable's entries are unsigned, unlike
 * in `ByteBuffer.__offset`, so that verifier and accessors agree on every file.
 */
export function fieldPosition(bytes: ByteBuffer, table: number, id: number): number {
  const vtable = table - bytes.readInt32(table);
  const entry = 4 + 2 * id;
  if (entry + 2 > bytes.readUint16(vtable)) return 0;
  const offset = bytes.readUint16(vtable + entry);
  return offset === 0 ? 0 : table + offset;
}

export class TableView<Fields = unknown> {
  constructor(
    private readonly bytes: ByteBuffer,
    private readonly position: number,
    readonly descriptor: TableDescriptor<Fields>,
  ) {}

  /**
   * A field's value. Absent scalars have the schema's default, absent strings and vectors are empty, absent tables and
   * unions are undefined. Vectors of ubyte share memory with the file, all others are copies.
   */
  get<Name extends keyof Fields & string>(name: Name): Fields[Name] {
    const field = this.descriptor.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new RangeError(`${this.descriptor.name} has no field ${name}`);
    return this.read(field) as Fields[Name];
  }

  /** As `get`, for code that walks a descriptor's fields. */
  read(field: Field): unknown {
    const at = fieldPosition(this.bytes, this.position, field.id);
    switch (field.kind) {
      case 'scalar':
        return at === 0 ? field.default : scalars[field.type].read(this.bytes, at);
      case 'string':
        return at === 0 ? '' : this.bytes.__string(at);
      case 'scalars':
        return field.type === 'ubyte' ? this.byteVector(at) : this.scalarVector(at, field.type);
      case 'table':
        return at === 0 ? undefined : new TableView(this.bytes, this.bytes.__indirect(at), field.table);
      case 'tables':
        return this.tableVector(at, field.table);
      case 'union':
        return this.union(at, field.id, field.union.members);
    }
  }

  private byteVector(at: number): Uint8Array {
    if (at === 0) return new Uint8Array(0);
    const start = this.bytes.__vector(at);
    return this.bytes.bytes().subarray(start, start + this.bytes.__vector_len(at));
  }

  private scalarVector(at: number, type: keyof typeof scalars): ScalarValue[] {
    if (at === 0) return [];
    const { byteWidth, read } = scalars[type];
    const start = this.bytes.__vector(at);
    return Array.from({ length: this.bytes.__vector_len(at) }, (_, i) => read(this.bytes, start + i * byteWidth));
  }

  private tableVector(at: number, table: TableDescriptor): TableView[] {
    if (at === 0) return [];
    const start = this.bytes.__vector(at);
    return Array.from(
      { length: this.bytes.__vector_len(at) },
      (_, i) => new TableView(this.bytes, this.bytes.__indirect(start + i * 4), table),
    );
  }

  private union(at: number, id: number, members: readonly TableDescriptor[]): UnionView | undefined {
    const typeAt = fieldPosition(this.bytes, this.position, id - 1);
    const type = typeAt === 0 ? 0 : this.bytes.readUint8(typeAt);
    if (type === 0 || at === 0) return undefined;
    const member = members[type - 1];
    if (member === undefined) return { type };
    return { type, table: new TableView(this.bytes, this.bytes.__indirect(at), member) };
  }
}
