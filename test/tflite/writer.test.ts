import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/tflite/reader.js';
import { fileIdentifier } from '../../src/tflite/schema.generated.js';
import { writeModel } from '../../src/tflite/writer.js';
import { locate } from '../support/flatbuffer.js';
import { logisticGraph, makeModel, makeOperator, makeTensor, variedModel } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

describe('writeModel', () => {
  it('writes what the reader reads', () => {
    const bytes = writeModel(variedModel());
    const { crc32, byteLength, ...model } = readModel(bytes);
    expect(model).toEqual(variedModel());
    expect(byteLength).toBe(bytes.length);
  });

  it('gives equal bytes for equal models', () => {
    expect(writeModel(variedModel())).toEqual(writeModel(variedModel()));
  });

  it('aligns constant data to 16 bytes, as kernels expect', () => {
    const bytes = writeModel(variedModel());
    expect(new ByteBuffer(bytes).__has_identifier(fileIdentifier)).toBe(true);
    for (const buffer of [1, 2, 3]) expect((locate(bytes, ['buffers', buffer, 'data']).target + 4) % 16).toBe(0);
  });

  it('states new operators in both code fields and keeps unknown ones', () => {
    const operators = ['ASSIGN_VARIABLE', 'BUILTIN_5000', 'CONV_2D'].map((name, index) =>
      makeOperator(index, { name, outputs: [index + 1] }),
    );
    const tensors = [0, 1, 2, 3].map((index) => makeTensor(index));
    const bytes = writeModel(makeModel([logisticGraph({ operators, tensors })]));
    const codes = [0, 1, 2].map((i) => bytes[locate(bytes, ['operator_codes', i, 'deprecated_builtin_code']).inline]);
    expect(codes).toEqual([127, 127, 3]);
    expect(readModel(bytes).graphs[0]?.operators.map(({ name }) => name)).toEqual(operators.map(({ name }) => name));
  });

  it('stores shared data and equal operator kinds once', () => {
    const data = new Uint8Array(1000);
    const constants = [2, 3].map((index) => makeTensor(index, { shape: [1000], data }));
    const operators = [makeOperator(0), makeOperator(1, { inputs: [1], outputs: [4] })];
    const tensors = [makeTensor(0), makeTensor(1), ...constants, makeTensor(4)];
    const bytes = writeModel(makeModel([logisticGraph({ tensors, operators })]));
    expect(bytes.length).toBeLessThan(2000);
    expect(() => locate(bytes, ['operator_codes', 1, 'builtin_code'])).toThrow();
  });

  it('rejects operators, options and values that the schema does not have', () => {
    const write = (operator: object) =>
      problemsOf(() => writeModel(makeModel([logisticGraph({ operators: [makeOperator(0, operator)] })])));
    expect(write({ name: 'CONV_4D' })).toMatchObject([{ code: 'model/unsupported-operator' }]);
    expect(write({ name: 'CONV_2D', options: { stride: 1 } })).toMatchObject([{ code: 'model/unsupported-option' }]);
    expect(write({ name: 'CONV_2D', options: { padding: 'FULL' } })[0]?.message).toContain('padding = FULL');
    expect(write({ name: 'SOFTMAX', options: { beta: '1' } })).toHaveLength(1);
  });
});
