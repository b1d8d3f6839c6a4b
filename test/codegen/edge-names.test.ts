import { describe, expect, it } from 'vitest';
import { edgeNames, edgeSuffixes } from '../../src/codegen/edge-names.js';
import { compileModel } from '../../src/compiler.js';
import type { Signature } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { sumGraph } from '../cli/run.js';
import { logisticGraph, makeModel, makeTensor } from '../support/models.js';
import { generatedFile } from './generate.js';

const signature = (changes: Partial<Signature> = {}): Signature => ({
  key: 'serving_default',
  subgraph: 0,
  inputs: [
    { name: 'accel', tensor: 1 },
    { name: 'Gyro (rad/s)', tensor: 0 },
  ],
  outputs: [{ name: 'cls', tensor: 2 }],
  ...changes,
});

/** Identifiers of a model with these inputs and no signature. */
function identifiers(...names: string[]): (string | undefined)[] {
  const tensors = names.map((name, index) => makeTensor(index, { name }));
  const graph = logisticGraph({ tensors, operators: [], inputs: tensors.map(({ index }) => index), outputs: [] });
  return edgeNames({ graphs: [graph], signatures: [] }).inputs.map(({ identifier }) => identifier);
}

describe('edgeNames', () => {
  it('follows the signature by tensor, not by position: converters reorder inputs', () => {
    const names = edgeNames({ graphs: [sumGraph()], signatures: [signature()] });
    expect(names.inputs).toEqual([
      { signature: 'Gyro (rad/s)', identifier: 'gyro_rad_s' },
      { signature: 'accel', identifier: 'accel' },
    ]);
    expect(names.outputs).toEqual([{ signature: 'cls', identifier: 'cls' }]);
  });

  it('prefers serving_default, and ignores signatures of other subgraphs', () => {
    const other = signature({ key: 'train', inputs: [{ name: 'wrong', tensor: 0 }] });
    const elsewhere = signature({ subgraph: 1 });
    const named = (...signatures: Signature[]) => edgeNames({ graphs: [sumGraph()], signatures }).outputs[0];
    expect(edgeNames({ graphs: [sumGraph()], signatures: [other, signature()] }).inputs[1]?.signature).toBe('accel');
    expect(named(elsewhere)).toEqual({ identifier: 'tensor_2' });
  });

  it.each([
    ['serving_default_accel:0', 'accel'],
    ['serving_default_Keras-Input:0', 'keras_input'],
    ['model/dense_1/BiasAdd;model/dense_1/MatMul', 'dense_1_biasadd'],
    ['image', 'image'],
    ['StatefulPartitionedCall:1', undefined],
    ['Identity', undefined],
    ['Identity_1', undefined],
    ['層', undefined],
    ['', undefined],
    ['2nd', '2nd'],
  ])('without a signature makes of the tensor %j the name %j', (name, identifier) => {
    expect(identifiers(name)).toEqual([identifier]);
  });

  it('keeps identifiers apart, and their macros too', () => {
    expect(identifiers('a', 'A', 'a:0')).toEqual(['a', 'a_2', 'a_3']);
    for (const suffix of edgeSuffixes) {
      expect(new Set(identifiers('a', `a_${suffix}`))).toEqual(new Set(['a', `a_${suffix}_2`]));
      expect(new Set(identifiers(`a_${suffix}`, 'a'))).toEqual(new Set([`a_${suffix}`, 'a_2']));
    }
  });

  it('bounds the length of names from a file', () => {
    expect(identifiers('x'.repeat(60_000))[0]).toHaveLength(40);
  });
});

describe('the header', () => {
  const compiled = compileModel(writeModel(makeModel([sumGraph()], { signatures: [signature()] })));
  const header = generatedFile(compiled, 'model/model.h');

  it('gives each input and output by name what it gives by position', () => {
    expect(header).toContain('#define MODEL_INPUT_ACCEL 1u');
    expect(header).toContain('#define MODEL_INPUT_ACCEL_BYTES MODEL_IN1_BYTES');
    expect(header).toContain('#define MODEL_INPUT_GYRO_RAD_S_SCALE MODEL_IN0_SCALE');
    expect(header).toContain('#define MODEL_OUTPUT_CLS 0u');
    expect(header).toContain('/* Input 1 "accel": "tensor 1" int8 [1,4]');
    expect(header).toMatch(/int8_t \*model_input_accel\(model_ctx \*ctx\)\n\{\n {4}return model_input1\(ctx\);/);
    expect(header).toMatch(
      /const int8_t \*model_output_cls\(const model_ctx \*ctx\)\n\{\n {4}return model_output\(ctx\);/,
    );
  });
});

describe('the banner of a layer', () => {
  it('names the options that are not the default, whole', () => {
    const text = generatedFile(compileModel(writeModel(makeModel([sumGraph()]))), 'model/model.c');
    expect(text).toMatch(/\/\* Layer 0: ADD\n \* {2}in {2}0 /);
    const fused = sumGraph();
    const operator = { ...fused.operators[0], options: { fused_activation_function: 'RELU6', pot_scale_int16: true } };
    const graph = { ...fused, operators: [operator as (typeof fused.operators)[number]] };
    expect(generatedFile(compileModel(writeModel(makeModel([graph]))), 'model/model.c')).toMatch(
      /\/\* Layer 0: ADD\n \* fused_activation_function=RELU6\n/,
    );
  });
});
