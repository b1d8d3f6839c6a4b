import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/ir/crc32.js';
import type { Operator } from '../../src/ir/graph.js';
import type { TableValues } from '../../src/tflite/encode.js';
import { readModel } from '../../src/tflite/reader.js';
import * as schema from '../../src/tflite/schema.generated.js';
import { encodeFile } from '../support/flatbuffer.js';
import { problemsOf } from '../support/problems.js';

const int8 = schema.TensorType.values.INT8 as number;
const code = (name: string): number => schema.BuiltinOperator.values[name] as number;

/** Tensor 0 → operator → tensor 1, with changes to each table. */
function file(changes: {
  readonly model?: TableValues;
  readonly code?: TableValues;
  readonly operator?: TableValues;
  readonly tensor?: TableValues;
  readonly buffer?: TableValues;
}): Uint8Array {
  const plain = { shape: [2], type: int8 };
  return encodeFile({
    version: 3,
    operator_codes: [changes.code ?? { deprecated_builtin_code: code('LOGISTIC') }],
    buffers: [{}, changes.buffer ?? { data: new Uint8Array([5, 6]) }],
    subgraphs: [
      {
        tensors: [plain, plain, { ...plain, buffer: 1, ...changes.tensor }],
        operators: [{ inputs: [0], outputs: [1], ...changes.operator }],
        inputs: [0],
        outputs: [1],
      },
    ],
    ...changes.model,
  });
}
const problems = (changes: Parameters<typeof file>[0]) => problemsOf(() => readModel(file(changes)));
const operatorOf = (changes: Parameters<typeof file>[0]) =>
  readModel(file(changes)).graphs[0]?.operators[0] as Operator;
const tensorOf = (changes: Parameters<typeof file>[0]) => readModel(file(changes)).graphs[0]?.tensors[2];

describe('readModel: the file', () => {
  it('identifies the file by size and CRC', () => {
    const bytes = file({});
    expect(readModel(bytes)).toMatchObject({ byteLength: bytes.length, crc32: crc32(bytes), version: 3 });
  });

  it('reads a part of a larger buffer and does not pass on its subclass', () => {
    const bytes = file({});
    const embedded = Buffer.concat([Buffer.alloc(5), bytes]).subarray(5);
    const data = readModel(embedded).graphs[0]?.tensors[2]?.data;
    expect(data).toEqual(new Uint8Array([5, 6]));
    expect(data?.constructor).toBe(Uint8Array);
  });

  it('rejects another schema version and a file without subgraphs', () => {
    expect(problems({ model: { version: 2 } })).toMatchObject([{ code: 'format/unsupported' }]);
    expect(problems({ model: { subgraphs: [] } })).toMatchObject([{ code: 'model/invalid' }]);
  });

  it('reads metadata and signatures, and rejects those that refer to nothing', () => {
    const model = readModel(
      file({
        model: {
          metadata: [{ name: 'note', buffer: 1 }],
          signature_defs: [{ signature_key: 'serve', inputs: [{ name: 'x', tensor_index: 0 }], outputs: [] }],
        },
      }),
    );
    expect(model.metadata).toEqual([{ name: 'note', data: new Uint8Array([5, 6]) }]);
    expect(model.signatures).toEqual([{ key: 'serve', subgraph: 0, inputs: [{ name: 'x', tensor: 0 }], outputs: [] }]);
    expect(problems({ model: { metadata: [{ name: 'note', buffer: 2 }] } })).toMatchObject([
      { code: 'format/corrupt' },
    ]);
    expect(problems({ model: { signature_defs: [{ subgraph_index: 1 }] } })).toHaveLength(1);
    expect(problems({ model: { signature_defs: [{ inputs: [{ tensor_index: 3 }] }] } })).toHaveLength(1);
  });

  it('reports the problems of all tensors and operators in one error', () => {
    const found = problems({
      tensor: { type: 99, shape: [-1] },
      operator: { opcode_index: 4, inputs: [7] },
      model: { version: 9 },
    });
    expect(found.map((problem) => problem.code)).toEqual([
      'format/unsupported',
      'format/corrupt',
      'model/unsupported-type',
      'model/shape',
      'model/invalid',
    ]);
  });
});

describe('readModel: operator codes', () => {
  it.each<[string, TableValues, string]>([
    ['the old field', { deprecated_builtin_code: 3 }, 'CONV_2D'],
    ['the new field', { builtin_code: 3 }, 'CONV_2D'],
    ['both fields', { deprecated_builtin_code: 127, builtin_code: 144 }, 'ASSIGN_VARIABLE'],
    ['a code newer than the schema', { deprecated_builtin_code: 127, builtin_code: 5000 }, 'BUILTIN_5000'],
    ['a custom code', { deprecated_builtin_code: 32, custom_code: 'Mine' }, 'CUSTOM:Mine'],
  ])('takes the name from %s', (_, operatorCode, name) => {
    expect(operatorOf({ code: operatorCode }).name).toBe(name);
  });

  it('has version 1 unless stated', () => {
    expect(operatorOf({}).version).toBe(1);
    expect(operatorOf({ code: { builtin_code: 3, version: 5 } }).version).toBe(5);
  });

  it('rejects negative codes', () => {
    const operatorCode = { deprecated_builtin_code: -1, builtin_code: -2 };
    expect(problems({ code: operatorCode })).toMatchObject([{ code: 'format/corrupt' }]);
  });
});

describe('readModel: options', () => {
  const conv = { builtin_code: code('CONV_2D') };

  it('decodes enums by name and fills in defaults', () => {
    const values = { padding: 1, stride_w: 2, fused_activation_function: 3 };
    const operator = { builtin_options: { member: schema.Conv2DOptions, values } };
    expect(operatorOf({ code: conv, operator }).options).toEqual({
      padding: 'VALID',
      stride_w: 2,
      stride_h: 0,
      fused_activation_function: 'RELU6',
      dilation_w_factor: 1,
      dilation_h_factor: 1,
      quantized_bias_type: 'FLOAT32',
    });
  });

  it('decodes vectors, strings and unknown enum values', () => {
    const reshape = { builtin_options: { member: schema.ReshapeOptions, values: { new_shape: [1, -1] } } };
    expect(operatorOf({ code: { builtin_code: code('RESHAPE') }, operator: reshape }).options).toEqual({
      new_shape: [1, -1],
    });
    const handle = { builtin_options: { member: schema.VarHandleOptions, values: { shared_name: 'state' } } };
    expect(operatorOf({ code: { builtin_code: code('VAR_HANDLE') }, operator: handle }).options).toEqual({
      container: '',
      shared_name: 'state',
    });
    const odd = { builtin_options: { member: schema.Conv2DOptions, values: { padding: 77 } } };
    expect(operatorOf({ code: conv, operator: odd }).options.padding).toBe(77);
  });

  it('takes an absent options table for one with all defaults', () => {
    expect(operatorOf({ code: conv }).options).toMatchObject({ padding: 'SAME', stride_w: 0, dilation_w_factor: 1 });
  });

  it('decodes the second union', () => {
    const operator = {
      builtin_options_2: { member: schema.StablehloConcatenateOptions, values: { dimension: -1n } },
    };
    const concatenate = { builtin_code: code('STABLEHLO_CONCATENATE') };
    expect(operatorOf({ code: concatenate, operator }).options).toEqual({ dimension: -1 });
  });

  it('rejects the options of another operator', () => {
    const operator = { builtin_options: { member: schema.SoftmaxOptions, values: {} } };
    expect(problems({ code: conv, operator })).toMatchObject([
      {
        code: 'model/unsupported-option',
        message: 'CONV_2D carries SoftmaxOptions instead of Conv2DOptions.',
        place: { operator: { index: 0, name: 'CONV_2D' } },
      },
    ]);
  });

  it('leaves the options of operators it does not know alone', () => {
    const operator = { builtin_options: { member: schema.SoftmaxOptions, values: {} } };
    expect(operatorOf({ code: { builtin_code: 5000 }, operator }).options).toEqual({});
  });

  it('rejects an integer that a number cannot hold', () => {
    const operator = { builtin_options: { member: schema.RandomOptions, values: { seed: 2n ** 60n } } };
    expect(problems({ code: { builtin_code: code('RANDOM_UNIFORM') }, operator })[0]?.message).toContain(
      'beyond ±2^53',
    );
  });

  it('keeps the bytes of custom options, inside or outside the FlatBuffer', () => {
    const custom = { builtin_code: code('CUSTOM'), custom_code: 'Mine' };
    const inside = { custom_options: new Uint8Array([1, 2]) };
    expect(operatorOf({ code: custom, operator: inside }).customOptions).toEqual(new Uint8Array([1, 2]));
    const outside = { large_custom_options_offset: 4n, large_custom_options_size: 4n };
    expect(operatorOf({ code: custom, operator: outside }).customOptions).toEqual(new TextEncoder().encode('TFL3'));
    const wild = { large_custom_options_offset: 2n ** 63n, large_custom_options_size: 2n ** 63n };
    expect(problems({ code: custom, operator: wild })).toMatchObject([{ code: 'format/corrupt' }]);
    expect(problems({ operator: inside })[0]?.message).toContain('builtin operator carries custom options');
  });
});

describe('readModel: tensors', () => {
  it('is constant when its buffer has data, whose bytes are those of the file', () => {
    const bytes = file({});
    const [computed, , constant] = readModel(bytes).graphs[0]?.tensors ?? [];
    expect(computed?.data).toBeUndefined();
    expect(constant?.data).toEqual(new Uint8Array([5, 6]));
    expect(constant?.data?.buffer).toBe(bytes.buffer);
  });

  it('is not constant when its buffer is number 0 or empty', () => {
    expect(tensorOf({ tensor: { buffer: 0 } })?.data).toBeUndefined();
    expect(tensorOf({ buffer: {} })?.data).toBeUndefined();
  });

  it('is constant without elements when nothing computes it', () => {
    expect(tensorOf({ tensor: { shape: [0] }, buffer: {} })?.data).toEqual(new Uint8Array(0));
    expect(tensorOf({ tensor: { shape: [0] }, buffer: {}, operator: { outputs: [1, 2] } })?.data).toBeUndefined();
  });

  it('finds data outside the FlatBuffer', () => {
    expect(tensorOf({ buffer: { offset: 4n, size: 2n } })?.data).toEqual(new TextEncoder().encode('TF'));
    expect(tensorOf({ buffer: { offset: 1n, size: 2n } })?.data).toBeUndefined();
    expect(problems({ buffer: { offset: 1000000n, size: 2n } })[0]?.message).toContain('behind the end of the file');
    expect(problems({ buffer: { offset: 8n, size: 2n ** 64n - 4n } })[0]?.message).toContain(
      'behind the end of the file',
    );
  });

  it('knows from the signature whether a dimension is dynamic', () => {
    expect(tensorOf({})?.isStatic).toBe(true);
    expect(tensorOf({ tensor: { shape_signature: [2] } })?.isStatic).toBe(true);
    expect(tensorOf({ tensor: { shape_signature: [-1] } })?.isStatic).toBe(false);
  });

  it('reads sub-byte types as packed bytes', () => {
    const int4 = schema.TensorType.values.INT4 as number;
    expect(tensorOf({ tensor: { type: int4, shape: [3] } })).toMatchObject({ type: 'int4', shape: [3] });
  });

  it.each<[string, Parameters<typeof file>[0], string]>([
    ['data that does not fit type and shape', { tensor: { shape: [3] } }, 'format/corrupt'],
    ['data for a tensor without elements', { tensor: { shape: [0] } }, 'format/corrupt'],
    ['a buffer that does not exist', { tensor: { buffer: 2 } }, 'format/corrupt'],
    ['too many elements', { tensor: { shape: [65536, 32768], buffer: 0 } }, 'format/limit'],
    [
      'a product that overflows every integer',
      { tensor: { shape: new Array(8).fill(2 ** 31 - 1), buffer: 0 } },
      'format/limit',
    ],
    ['a negative extent', { tensor: { shape: [-1], buffer: 0 } }, 'model/shape'],
    ['a type that does not exist', { tensor: { type: 23 } }, 'model/unsupported-type'],
    ['data in another file', { tensor: { external_buffer: 1 } }, 'format/unsupported'],
    ['sparse storage', { tensor: { sparsity: {} } }, 'format/unsupported'],
  ])('rejects %s', (_, changes, problemCode) => {
    expect(problems(changes)).toMatchObject([{ code: problemCode, place: { tensor: { index: 2 } } }]);
  });
});
