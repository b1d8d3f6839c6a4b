import { describe, expect, it } from 'vitest';
import { checkModel } from '../../src/check.js';
import { typeRemedy, unsupportedOperator } from '../../src/operators/remedies.js';
import { checkReport } from '../../src/report/check.js';
import { writeModel } from '../../src/tflite/writer.js';
import { makeModel } from '../support/models.js';
import { GraphBuilder } from './support/graph-builder.js';

const words = (name: string) => {
  const { message, remedy } = unsupportedOperator({ name, version: 1 });
  return `${message} ${remedy}`;
};

describe('operators that modelc does not compile', () => {
  it.each([
    ['CUSTOM:ethos-u', /compiled for an Arm Ethos-U NPU.*went into Vela\./],
    ['CUSTOM:edgetpu-custom-op', /compiled for a Coral Edge TPU.*went into edgetpu_compiler\./],
    ['CUSTOM:XC_conv2d_v2', /compiled for an XMOS xcore chip/],
    ['CUSTOM:NeutronGraph', /compiled for an NXP eIQ Neutron NPU/],
    ['CUSTOM:FlexErf', /TensorFlow operation Erf.*without SELECT_TF_OPS/],
    ['CUSTOM:TFLite_Detection_PostProcess', /Cut the model/],
    ['CUSTOM:Mine', /custom operator.*Replace it by builtin operators/],
    ['UNIDIRECTIONAL_SEQUENCE_LSTM', /unroll=True/],
    ['WHILE', /without control flow/],
    ['VAR_HANDLE', /freeze/],
    ['BUILTIN_900', /not in the schema/],
    ['ERF', /Operator ERF \(version 1\) is not supported\. Replace it/],
  ])('%s', (name, wanted) => {
    expect(words(name)).toMatch(wanted);
  });

  it('are shown without control characters and not at any length', () => {
    const long = words(`CUSTOM:\u001b${'x'.repeat(100_000)}`);
    expect(long).not.toContain('\u001b');
    expect(long.length).toBeLessThan(500);
  });
});

describe('types', () => {
  it.each([
    ['float32', /representative_dataset/],
    ['float16', /instead of float16/],
    ['uint8', /TensorFlow 2/],
    ['int16', /16-bit activations/],
    ['string', /text/],
  ] as const)('%s where int8 is needed', (type, wanted) => {
    expect(typeRemedy(type, ['int8'])).toMatch(wanted);
  });

  it('of indices are cast', () => {
    expect(typeRemedy('float32', ['int32', 'int64'])).toMatch(/Cast the tensor to int32/);
  });
});

describe('a model with more problems than are listed', () => {
  it('has the status of each of its kinds of operators, and says that more problems are there', () => {
    const builder = new GraphBuilder();
    const half = builder.tensor({ type: 'float16', shape: [1] }, new Int16Array(1));
    const floats = Array.from({ length: 150 }, () => builder.tensor({ type: 'float32', shape: [1] }));
    for (const float of floats) builder.operator('DEQUANTIZE', [half], [float]);
    const input = builder.input({ shape: [1], quantization: { scale: 1, zeroPoint: 0 } });
    const output = builder.tensor({ shape: [1], quantization: { scale: 1, zeroPoint: 0 } });
    builder.operator('CUSTOM:Late', [input], [output]);
    const check = checkModel(writeModel(makeModel([builder.build([...floats, output])])));
    const options = { name: 'm', boards: [], boardsRequired: false };
    const report = checkReport(check, options);
    expect(report.operators).toEqual([
      { name: 'DEQUANTIZE', count: 150, status: 'refused' },
      { name: 'CUSTOM:Late', count: 1, status: 'unsupported' },
    ]);
    expect(report.problems).toHaveLength(102);
    expect(report.problems.at(-1)?.message).toBe('There are 50 more problems of the kinds listed.');
  });
});

describe('a model compiled for an accelerator', () => {
  it('is named as such although it reads tensors that nothing writes', () => {
    const builder = new GraphBuilder();
    const input = builder.input({ shape: [4], quantization: { scale: 1, zeroPoint: 0 } });
    const scratch = builder.tensor({ type: 'uint8', shape: [1000] });
    const output = builder.tensor({ shape: [4], quantization: { scale: 1, zeroPoint: 0 } });
    builder.operator('CUSTOM:ethos-u', [input, scratch], [output]);
    const { problems } = checkModel(writeModel(makeModel([builder.build([output])])));
    expect(problems).toMatchObject([
      { code: 'model/unsupported-operator', message: expect.stringContaining('Ethos-U') },
    ]);
  });
});
