import { Builder, type Offset } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import type { TableDescriptor } from '../../src/tflite/descriptor.js';
import { defaultLimits } from '../../src/tflite/limits.js';
import {
  Buffer as BufferTable,
  fileIdentifier,
  Model,
  Operator,
  rootTable,
  SoftmaxOptions,
  SubGraph,
} from '../../src/tflite/schema.generated.js';
import { verifyModel } from '../../src/tflite/verifier.js';
import { writeModel } from '../../src/tflite/writer.js';
import { encodeFile, locate, withUint16, withUint32 } from '../support/flatbuffer.js';
import { variedModel } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

const file = writeModel(variedModel());
const verify = (bytes: Uint8Array) => problemsOf(() => verifyModel(bytes));
const shape = locate(file, ['subgraphs', 0, 'tensors', 0, 'shape']);

describe('verifyModel on sound files', () => {
  it('returns the root table', () => {
    expect(verifyModel(file).get('version')).toBe(3);
  });

  it('does not depend on the alignment of the file in memory', () => {
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(verify(shifted.subarray(1))).toEqual([]);
  });

  it('accepts fields that the schema does not know', () => {
    const builder = new Builder();
    builder.startObject(Model.slots + 5);
    builder.addFieldInt32(0, 3, 0);
    builder.addFieldInt32(Model.slots + 4, 0x7fffffff, 0);
    builder.finish(builder.endObject(), fileIdentifier);
    expect(verifyModel(builder.asUint8Array()).get('version')).toBe(3);
  });

  it('accepts a union type that the schema does not know, without looking at its value', () => {
    const operator = { builtin_options: { member: SoftmaxOptions, values: { beta: 2 } } };
    const known = encodeFile({ subgraphs: [{ operators: [operator] }] });
    const at = locate(known, ['subgraphs', 0, 'operators', 0, 'builtin_options']);
    const unknown = withUint32(known, at.target, 0x7fffffff);
    unknown[at.unionType] = 250;
    const [subgraph] = verifyModel(unknown).get('subgraphs');
    const [view] = subgraph?.get('operators') ?? [];
    expect(view?.get('builtin_options')).toEqual({ type: 250 });
  });
});

describe('verifyModel on other files', () => {
  it('calls an empty, a short and a foreign file not a .tflite file', () => {
    for (const bytes of [
      new Uint8Array(0),
      file.subarray(0, 7),
      new TextEncoder().encode('PK\u0003\u0004 a zip file'),
    ]) {
      expect(verify(bytes)).toMatchObject([{ code: 'format/not-tflite', place: { offset: 0 } }]);
    }
  });

  it('rejects a file that is too large before looking into it', () => {
    const limits = { ...defaultLimits, fileBytes: file.length - 1 };
    expect(problemsOf(() => verifyModel(file, limits))).toMatchObject([{ code: 'format/limit' }]);
  });
});

describe('verifyModel on damaged files', () => {
  it('rejects every truncation', () => {
    for (let length = 8; length < file.length; length++) {
      const [problem] = verify(file.subarray(0, length));
      // The last bytes may be padding that nothing refers to.
      if (problem === undefined) expect(length).toBeGreaterThan(file.length - 4);
      else expect(problem.code).toBe('format/corrupt');
    }
  });

  it.each([0, 1, 0x7fffffff, 0x80000000, 0xffffffff])('rejects the root offset %i', (offset) => {
    expect(verify(withUint32(file, 0, offset))).toMatchObject([{ code: 'format/corrupt' }]);
  });

  it.each([0, file.length, 0x7ffffffc, 0xffffffff])('rejects the offset %i to a vector, and says where', (offset) => {
    const [problem] = verify(withUint32(file, shape.inline, offset));
    expect(problem?.code).toBe('format/corrupt');
    expect(problem?.message).toContain('Tensor.shape');
    expect(problem?.place.offset).toBeGreaterThanOrEqual(shape.inline);
  });

  it.each([0x10000, 0x40000000, 0x80000000, 0xffffffff])('rejects the vector length %i', (length) => {
    const [problem] = verify(withUint32(file, shape.target, length));
    expect(problem).toMatchObject({ code: 'format/corrupt', place: { offset: shape.target + 4 } });
  });

  it.each([
    [0x7fffffff, 'The vtable of Tensor lies before the file.'],
    [0x80000000, 'and the file ends at'],
    [0xffff0000, 'and the file ends at'],
  ])('rejects a table whose vtable is %i bytes before it', (offset, message) => {
    const [problem] = verify(withUint32(file, shape.table, offset));
    expect(problem?.code).toBe('format/corrupt');
    expect(problem?.message).toContain(message);
  });

  it.each([
    ['too small', 0, 2, 'The vtable of Model is 2 bytes long'],
    ['of odd size', 0, 5, 'The vtable of Model is 5 bytes long'],
    ['behind the end', 0, 0xfffe, 'and the file ends at'],
    ['of a table without header', 2, 3, 'smaller than its header'],
    ['of a table behind the end', 2, 0xffff, 'and the file ends at'],
    ['with a field in the table header', 4, 2, 'Model.version lies outside its table'],
    ['with a field behind the table', 4, 0x0100, 'Model.version lies outside its table'],
    ['with a field partly behind the table', 4, 'last bytes', 'Model.version lies outside its table'],
    ['with a field offset that is negative as a signed number', 4, 0xfff0, 'Model.version lies outside its table'],
  ] as const)('rejects a vtable %s', (_, offset, value, message) => {
    const view = new DataView(file.buffer);
    const { table } = locate(file, ['version']);
    const vtable = table - view.getInt32(table, true);
    const entry = value === 'last bytes' ? view.getUint16(vtable + 2, true) - 3 : value;
    const [problem] = verify(withUint16(file, vtable + offset, entry));
    expect(problem?.code).toBe('format/corrupt');
    expect(problem?.message).toContain(message);
  });

  it('rejects a string that ends behind the file', () => {
    const name = locate(file, ['subgraphs', 0, 'tensors', 0, 'name']);
    expect(verify(withUint32(file, name.target, file.length))).toMatchObject([{ code: 'format/corrupt' }]);
  });

  it('accepts data that ends with the last byte of the file, and rejects it when it is one byte longer', () => {
    // a file whose last object is the data: flatbuffers are built from the end
    const builder = new Builder();
    const data = builder.createString(new Uint8Array(40).fill(0x61));
    builder.startObject(Model.slots);
    builder.addFieldOffset(3, data, 0);
    builder.finish(builder.endObject(), fileIdentifier);
    const whole = builder.asUint8Array().slice();
    const at = locate(whole, ['description']).target;
    const exact = whole.slice(0, at + 4 + 40);
    expect(verify(exact)).toEqual([]);
    expect(verify(withUint32(exact, at, 41))).toMatchObject([{ code: 'format/corrupt', place: { offset: at + 4 } }]);
    expect(verify(exact.slice(0, -1))).toMatchObject([{ code: 'format/corrupt', place: { offset: at + 4 } }]);
    // the header of a vector may be the end, but not be cut
    expect(verify(withUint32(exact.slice(0, at + 4), at, 0))).toEqual([]);
    expect(verify(exact.slice(0, at + 3))).toMatchObject([{ code: 'format/corrupt' }]);
  });

  it('rejects constant data that ends behind the file', () => {
    const data = locate(file, ['buffers', 1, 'data']);
    expect(verify(withUint32(file, data.target, file.length - data.target))).toMatchObject([
      { code: 'format/corrupt' },
    ]);
  });

  it('rejects a union value without a type', () => {
    const operator = { builtin_options: { member: SoftmaxOptions, values: {} } };
    const bytes = encodeFile({ subgraphs: [{ operators: [operator] }] });
    bytes[locate(bytes, ['subgraphs', 0, 'operators', 0, 'builtin_options']).unionType] = 0;
    expect(verify(bytes)[0]?.message).toContain('Operator.builtin_options has a value but no type');
  });

  it('rejects a union value whose type says that it is another table', () => {
    const { unionType } = locate(file, ['subgraphs', 0, 'operators', 0, 'builtin_options']);
    const bytes = file.slice();
    // Conv2DOptions (1) read as ConcatEmbeddingsOptions (3): stride_w would be the offset of a vector.
    bytes[unionType] = 3;
    expect(verify(bytes)).toMatchObject([{ code: 'format/corrupt' }]);
  });

  it('ends on offsets that lead back into structures already seen', () => {
    const { target } = locate(file, ['subgraphs']);
    const tensors = locate(file, ['subgraphs', 0, 'tensors']);
    // Offsets are unsigned, so a way back is a way around 2^32: behind the file.
    expect(verify(withUint32(file, tensors.inline, 2 ** 32 + target - tensors.inline))).toMatchObject([
      { code: 'format/corrupt' },
    ]);
  });
});

/** A file whose vectors repeat one subgraph and, in it, one operator and one tensor. */
function repetitive(subgraphs: number, operators: number): Uint8Array {
  const builder = new Builder();
  const table = (slots: number, fields: Readonly<Record<number, Offset>>): Offset => {
    builder.startObject(slots);
    for (const [slot, value] of Object.entries(fields)) builder.addFieldOffset(Number(slot), value, 0);
    return builder.endObject();
  };
  const repeat = (offset: Offset, count: number): Offset => {
    builder.startVector(4, count, 4);
    for (let i = 0; i < count; i++) builder.addOffset(offset);
    return builder.endVector();
  };
  const operator = table(Operator.slots, {});
  const subgraph = table(SubGraph.slots, { 3: repeat(operator, operators) });
  builder.finish(table(Model.slots, { 2: repeat(subgraph, subgraphs) }), fileIdentifier);
  return builder.asUint8Array();
}

describe('verifyModel limits', () => {
  it('accepts a few references to the same table', () => {
    expect(verify(repetitive(2, 10))).toEqual([]);
  });

  it('stops at shared tables that multiply, in time proportional to the file', () => {
    const bytes = repetitive(1000, 60000);
    const start = performance.now();
    expect(verify(bytes)).toMatchObject([{ code: 'format/limit' }]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('bounds the bytes reached, also where no count is limited', () => {
    const limits = { ...defaultLimits, tables: {} };
    const bytes = repetitive(1000, 60000);
    const [problem] = problemsOf(() => verifyModel(bytes, limits));
    expect(problem).toMatchObject({ code: 'format/limit', message: expect.stringContaining('same bytes') });
  });

  it('lets a file reach twice its bytes and a little more, not three times', () => {
    const sharedData = (references: number): Uint8Array => {
      const builder = new Builder();
      const data = builder.createString(new Uint8Array(400_000));
      const tables = Array.from({ length: references }, () => {
        builder.startObject(BufferTable.slots);
        builder.addFieldOffset(0, data, 0);
        return builder.endObject();
      });
      builder.startVector(4, references, 4);
      for (const table of tables) builder.addOffset(table);
      const buffers = builder.endVector();
      builder.startObject(Model.slots);
      builder.addFieldOffset(4, buffers, 0);
      builder.finish(builder.endObject(), fileIdentifier);
      return builder.asUint8Array();
    };
    expect(verify(sharedData(1))).toEqual([]);
    expect(verify(sharedData(2))).toEqual([]);
    expect(verify(sharedData(3))).toMatchObject([{ code: 'format/limit' }]);
  });

  it('counts the tables of the whole file', () => {
    expect(verify(repetitive(1025, 0))[0]?.message).toContain('1025 SubGraph tables or more, the limit is 1024');
    const limits = { ...defaultLimits, tables: { Operator: 7 } };
    expect(problemsOf(() => verifyModel(repetitive(2, 4), limits))[0]?.message).toContain('8 Operator');
  });

  it('has a limit for every kind of table that comes in vectors', () => {
    const kinds = new Set<string>();
    const visit = (table: TableDescriptor): void => {
      for (const field of table.fields) {
        if (field.kind === 'tables') kinds.add(field.table.name);
        if (field.kind === 'tables' || field.kind === 'table') visit(field.table);
        if (field.kind === 'union') field.union.members.forEach(visit);
      }
    };
    visit(rootTable);
    expect(Object.keys(defaultLimits.tables).sort()).toEqual([...kinds].sort());
  });

  it('limits the rank of tensors and the length of names', () => {
    const tensor = (values: object) => encodeFile({ subgraphs: [{ tensors: [{ ...values }] }] });
    expect(verify(tensor({ shape: [1, 1, 1, 1, 1, 1, 1, 1] }))).toEqual([]);
    expect(verify(tensor({ shape: [1, 1, 1, 1, 1, 1, 1, 1, 1] }))[0]?.message).toContain('Tensor.shape has 9 elements');
    expect(verify(tensor({ name: 'n'.repeat(65536) }))).toEqual([]);
    expect(verify(tensor({ name: 'n'.repeat(65537) }))).toMatchObject([{ code: 'format/limit' }]);
  });
});
