/**
 * Proves that every table, vector and string the accessors can reach lies inside the file, before any accessor runs.
 * Fields and union types that the schema does not know are not reachable and therefore not checked: newer files pass.
 */
import { ByteBuffer } from 'flatbuffers';
import { ModelcError, type ProblemCode } from '../errors.js';
import { type Field, scalars, type TableDescriptor, type UnionField } from './descriptor.js';
import { isFlatBuffer, recognizeForeign } from './foreign.js';
import { defaultLimits, type Limits } from './limits.js';
import { fileIdentifier, type ModelFields, rootTable } from './schema.generated.js';
import { fieldPosition, TableView } from './table.js';

/** Root offset and identifier. */
const headerBytes = 8;
const offsetBytes = 4;

interface Verification {
  readonly bytes: ByteBuffer;
  readonly size: number;
  readonly limits: Limits;
  readonly tableCounts: Map<string, number>;
  reachableBytesLeft: number;
}

/** Byte range of a table's inline part. */
interface TableExtent {
  readonly start: number;
  readonly end: number;
}

function fail(code: ProblemCode, message: string, offset: number): never {
  const remedy =
    code === 'format/limit'
      ? 'Check that the file is a model meant for a microcontroller.'
      : 'Copy or convert the model again: the file is damaged, or was written by a faulty tool.';
  throw new ModelcError({ code, message, remedy, place: { offset } });
}

const corrupt = (message: string, offset: number): never => fail('format/corrupt', message, offset);

/** Takes `byteCount` bytes at `offset` as part of `what`. Both may be any non-negative integers below 2^53. */
function requireBytes(state: Verification, offset: number, byteCount: number, what: string): void {
  if (offset + byteCount > state.size) {
    corrupt(`${what} needs ${byteCount} bytes at offset ${offset}, and the file ends at ${state.size}.`, offset);
  }
}

function spend(state: Verification, byteCount: number, offset: number): void {
  state.reachableBytesLeft -= byteCount;
  if (state.reachableBytesLeft < 0) {
    fail('format/limit', 'The file refers to the same bytes too many times.', offset);
  }
}

function countTables(state: Verification, table: TableDescriptor, count: number, offset: number): void {
  const limit = state.limits.tables[table.name];
  if (limit === undefined) return;
  const total = (state.tableCounts.get(table.name) ?? 0) + count;
  if (total > limit)
    fail('format/limit', `The file has ${total} ${table.name} tables or more, the limit is ${limit}.`, offset);
  state.tableCounts.set(table.name, total);
}

/** Where the offset stored at `at` leads. Offsets point forward, so a target is never before the file. */
function follow(state: Verification, at: number, what: string): number {
  const distance = state.bytes.readUint32(at);
  if (distance === 0) corrupt(`The offset to ${what} is 0.`, at);
  const target = at + distance;
  requireBytes(state, target, offsetBytes, what);
  return target;
}

/** Checks a vector's length and extent; returns its number of elements. */
function verifyVector(state: Verification, vector: number, byteWidth: number, what: string): number {
  const length = state.bytes.readUint32(vector);
  requireBytes(state, vector + 4, length * byteWidth, what);
  const limit = state.limits.vectorLengths[what];
  if (limit !== undefined && length > limit) {
    fail('format/limit', `${what} has ${length} elements, the limit is ${limit}.`, vector);
  }
  spend(state, 4 + length * byteWidth, vector);
  return length;
}

function verifyString(state: Verification, string: number, what: string): void {
  const length = verifyVector(state, string, 1, what);
  if (length > state.limits.stringBytes) {
    fail('format/limit', `${what} is ${length} bytes long, the limit is ${state.limits.stringBytes}.`, string);
  }
}

/** Position of the inline value of slot `id`, checked to lie inside the table; 0 when the table does not have it. */
function inlineValue(state: Verification, table: TableExtent, id: number, byteWidth: number, what: string): number {
  const at = fieldPosition(state.bytes, table.start, id);
  if (at !== 0 && (at < table.start + 4 || at + byteWidth > table.end)) corrupt(`${what} lies outside its table.`, at);
  return at;
}

function verifyUnion(state: Verification, table: TableExtent, field: UnionField, what: string): void {
  const typeAt = inlineValue(state, table, field.id - 1, 1, `The type of ${what}`);
  const at = inlineValue(state, table, field.id, offsetBytes, what);
  // A type without a value is an options table left out because all of it is default.
  if (at === 0) return;
  const type = typeAt === 0 ? 0 : state.bytes.readUint8(typeAt);
  if (type === 0) corrupt(`${what} has a value but no type.`, at);
  const target = follow(state, at, what);
  const member = field.union.members[type - 1];
  if (member !== undefined) verifyTable(state, target, member);
}

function verifyTables(state: Verification, vector: number, table: TableDescriptor, what: string): void {
  const length = verifyVector(state, vector, offsetBytes, what);
  countTables(state, table, length, vector);
  for (let i = 0; i < length; i++) verifyTable(state, follow(state, vector + 4 + i * offsetBytes, what), table);
}

function verifyField(state: Verification, table: TableExtent, field: Field, what: string): void {
  if (field.kind === 'union') {
    verifyUnion(state, table, field, what);
    return;
  }
  const byteWidth = field.kind === 'scalar' ? scalars[field.type].byteWidth : offsetBytes;
  const at = inlineValue(state, table, field.id, byteWidth, what);
  if (at === 0 || field.kind === 'scalar') return;
  const target = follow(state, at, what);
  if (field.kind === 'string') verifyString(state, target, what);
  else if (field.kind === 'scalars') verifyVector(state, target, scalars[field.type].byteWidth, what);
  else if (field.kind === 'table') verifyTable(state, target, field.table);
  else verifyTables(state, target, field.table, what);
}

/** The recursion ends because no table of the schema contains itself, which the generator of the descriptors checks. */
function verifyTable(state: Verification, table: number, descriptor: TableDescriptor): void {
  const vtable = table - state.bytes.readInt32(table);
  if (vtable < 0) corrupt(`The vtable of ${descriptor.name} lies before the file.`, table);
  requireBytes(state, vtable, 4, `The vtable of ${descriptor.name}`);
  const vtableBytes = state.bytes.readUint16(vtable);
  const tableBytes = state.bytes.readUint16(vtable + 2);
  if (vtableBytes < 4 || vtableBytes % 2 !== 0)
    corrupt(`The vtable of ${descriptor.name} is ${vtableBytes} bytes long.`, vtable);
  if (tableBytes < 4) corrupt(`Table ${descriptor.name} is smaller than its header.`, vtable);
  requireBytes(state, vtable, vtableBytes, `The vtable of ${descriptor.name}`);
  requireBytes(state, table, tableBytes, `Table ${descriptor.name}`);
  spend(state, tableBytes, table);
  const extent = { start: table, end: table + tableBytes };
  for (const field of descriptor.fields) verifyField(state, extent, field, `${descriptor.name}.${field.name}`);
}

/** Says what the file is instead, as far as that can be told. */
function notTflite(file: Uint8Array): never {
  const refuse = (message: string, remedy: string): never => {
    throw new ModelcError({ code: 'format/not-tflite', message, remedy, place: { offset: 0 } });
  };
  const foreign = recognizeForeign(file);
  if (foreign !== undefined) refuse(`The file is ${foreign.what}, not a .tflite file.`, foreign.remedy);
  const remedy = 'Pass a .tflite file as the TensorFlow Lite converter writes it.';
  if (file.length < headerBytes) refuse(`The file has ${file.length} bytes, too few for a .tflite header.`, remedy);
  if (isFlatBuffer(file)) {
    refuse(
      `The file is a FlatBuffer, but does not carry ${fileIdentifier} at byte 4, which marks a TensorFlow Lite model.`,
      `If it is one, write the identifier: printf ${fileIdentifier} | dd of=FILE bs=1 seek=4 conv=notrunc.`,
    );
  }
  return refuse(`The file does not carry ${fileIdentifier} at byte 4.`, remedy);
}

/**
 * The root of a .tflite file, safe to read with every accessor. Never modifies `file`, and the view stays valid only
 * while nobody else does.
 * Throws ModelcError with format/not-tflite, format/corrupt or format/limit and the offset in the file.
 */
export function verifyModel(file: Uint8Array, limits: Limits = defaultLimits): TableView<ModelFields> {
  if (file.length < headerBytes) notTflite(file);
  const bytes = new ByteBuffer(file);
  if (!bytes.__has_identifier(fileIdentifier)) notTflite(file);
  if (file.length > limits.fileBytes) {
    fail('format/limit', `The file has ${file.length} bytes, the limit is ${limits.fileBytes}.`, limits.fileBytes);
  }
  const state: Verification = {
    bytes,
    size: file.length,
    limits,
    tableCounts: new Map(),
    reachableBytesLeft: limits.reachableBytesBase + limits.reachableBytesPerFileByte * file.length,
  };
  const root = follow(state, 0, 'the root table');
  verifyTable(state, root, rootTable);
  return new TableView(bytes, root, rootTable);
}
