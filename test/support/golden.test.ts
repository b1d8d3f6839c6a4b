import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32 } from '../../src/ir/crc32.js';
import type { ElementType } from '../../src/ir/element-type.js';
import { writeModel } from '../../src/tflite/writer.js';
import { caseInputs, loadGolden, ruleInputs } from './golden.js';
import { logisticGraph, makeModel } from './models.js';

const tensor = (type: ElementType, count: number, zeroPoint = 0) => ({ type, shape: [count], zeroPoint });
/** One step, one int8 tensor of `count` elements, as unsigned bytes. */
const bytesOf = (rule: string, count: number) => [...(ruleInputs(rule, [[tensor('int8', count)]])[0]?.[0] ?? [])];

describe('input rules', () => {
  it.each([
    { rule: 'A', first: [11, 48, 85, 122, 159, 196, 233, 14] },
    { rule: 'C', first: [0, 0, 0, 0, 1, 1, 1, 1, 2] },
    { rule: 'MIN', first: [0x80, 0x80] },
    { rule: 'MAX', first: [0x7f, 0x7f] },
    { rule: 'B1', first: [60, 94, 129, 180] },
    { rule: 'S1', first: [128, 136] },
  ])('$rule gives $first …', ({ rule, first }) => {
    expect(bytesOf(rule, first.length)).toEqual(first);
  });

  it('Z gives the zero point of the tensor in its own width', () => {
    const inputs = ruleInputs('Z', [[tensor('int8', 2, -128), tensor('int16', 2, -2), tensor('float32', 1)]]);
    expect(inputs[0]?.map((bytes) => [...bytes])).toEqual([
      [0x80, 0x80],
      [0xfe, 0xff, 0xfe, 0xff],
      [0, 0, 0, 0],
    ]);
  });

  it('B runs on over tensors and steps, the others start anew', () => {
    const [first, second] = [tensor('int8', 3), tensor('int8', 2)];
    const joined = (rule: string) =>
      ruleInputs(rule, [[first, second], [first]]).flatMap((step) => step.flatMap((b) => [...b]));
    expect(joined('B7')).toEqual(bytesOf('B7', 8));
    expect(joined('A')).toEqual([...bytesOf('A', 3), ...bytesOf('A', 2), ...bytesOf('A', 3)]);
  });

  it('float elements are int8(byte)/128, bool elements the lowest bit, wider integers little-endian bytes', () => {
    const [floats, bools, words] =
      ruleInputs('A', [[tensor('float32', 5), tensor('bool', 3), tensor('int16', 2)]])[0] ?? [];
    expect([...new Float32Array((floats as Uint8Array).buffer)]).toEqual(
      [11, 48, 85, 122, 159 - 256].map((v) => v / 128),
    );
    expect([...(bools as Uint8Array)]).toEqual([1, 0, 1]);
    expect([...(words as Uint8Array)]).toEqual([11, 48, 85, 122]);
  });

  it.each(['', 'B', 'D', 'Sx'])('there is no rule "%s"', (rule) => {
    expect(() => bytesOf(rule, 1)).toThrow('no input rule');
  });
});

describe('golden files', () => {
  const file = writeModel(makeModel([logisticGraph()]));
  const input = new Uint8Array([11, 48, 85, 122]);
  const output = new Uint8Array([1, 2, 3, 4]);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'modelc-golden-'));
    writeFileSync(join(folder, 'm.tflite'), file);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function golden(crcs: { model?: number; input?: number; output?: number } = {}) {
    const path = join(folder, 'm.golden.json');
    const described = { shape: [1, 4], dtype: 'int8' };
    const step = {
      inputs: [{ ...described, crc32: crcs.input ?? crc32(input) }],
      outputs: [{ ...described, crc32: crcs.output ?? crc32(output), base64: Buffer.from(output).toString('base64') }],
      tensors: { '1': crc32(output) },
    };
    const content = { model: 'm.tflite', crc32: crcs.model ?? crc32(file), cases: [{ rule: 'A', steps: [step] }] };
    writeFileSync(path, JSON.stringify(content));
    return path;
  }

  it('load with their model, outputs and tensors', () => {
    const { name, model, cases } = loadGolden(golden());
    expect(name).toBe('m.tflite');
    expect(model.graphs[0]?.operators[0]?.name).toBe('LOGISTIC');
    expect(cases[0]?.steps[0]?.outputs[0]).toEqual({
      shape: [1, 4],
      type: 'int8',
      crc32: crc32(output),
      bytes: output,
    });
    expect(cases[0]?.steps[0]?.tensors).toEqual(new Map([[1, crc32(output)]]));
  });

  it('give the inputs of a case', () => {
    expect(caseInputs(loadGolden(golden()), 0)).toEqual([[input]]);
  });

  it('are refused when the model, an output or an input is not the one on record', () => {
    expect(() => loadGolden(golden({ model: 1 }))).toThrow('the model m.tflite has CRC-32');
    expect(() => loadGolden(golden({ output: 1 }))).toThrow('case A step 0 output 0 has CRC-32');
    expect(() => caseInputs(loadGolden(golden({ input: 1 })), 0)).toThrow('case A step 0 input 0 has CRC-32');
    expect(() => caseInputs(loadGolden(golden()), 1)).toThrow('has no case 1');
  });
});
