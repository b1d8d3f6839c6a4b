import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { failureSchema } from '../../src/report/json.js';
import { runSchema } from '../../src/report/run.js';
import { digits, digitsVectors, jsonOf, modelc, sumGraph, temporaryFolder, writeModelFile } from './run.js';

const folder = temporaryFolder();
const sum = writeModelFile(join(folder, 'sum.tflite'), sumGraph());
const four = join(folder, 'four.bin');
const three = join(folder, 'three.bin');
writeFileSync(four, new Uint8Array([3, 4, 5, 6]));
writeFileSync(three, new Uint8Array(3));

/** int8 [4] as a `.npy` file. */
function npy(values: readonly number[]): Uint8Array {
  const text = `${"{'descr': '|i1', 'fortran_order': False, 'shape': (4,), }".padEnd(117)}\n`;
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text), ...values]);
}

describe('run in the interpreter', () => {
  it('writes the outputs that TensorFlow Lite Micro computes', async () => {
    const output = join(folder, 'scores');
    const input = join(digitsVectors, 'in06.bin');
    const result = await modelc(['run', digits, '--input', input, '--output', output, '--json']);
    const report = jsonOf(result, runSchema);
    expect(report).toMatchObject({ on: 'interpreter', outputs: [{ file: join(output, 'out0.bin'), bytes: 10 }] });
    expect(report.outputs[0]?.codes).toEqual([-128, -128, -128, 127, -128, -128, -128, -128, -128, -128]);
    expect(report.outputs[0]?.values[3]).toBe(255 / 256);
    expect(report.outputs[0]?.top[0]).toEqual({ index: 3, label: null, code: 127, value: 255 / 256 });
    expect(readFileSync(join(output, 'out0.bin'))).toEqual(readFileSync(join(digitsVectors, 'out06.bin')));
    expect(readdirSync(output)).toEqual(['out0.bin']);
  });

  it('takes one file for each input', async () => {
    const output = join(folder, 'sum');
    // scale 0.5 and zero point 3 on all sides: 3 + (a − 3) + (b − 3)
    expect((await modelc(['run', sum, '--input', four, four, '--output', output])).exitCode).toBe(0);
    expect([...readFileSync(join(output, 'out0.bin'))]).toEqual([3, 5, 7, 9]);
  });

  it.each([
    ['too few files', [four], 'The model has 2 inputs, 1 files were given.'],
    ['too many files', [four, four, four, four], 'The model has 2 inputs, 4 files were given.'],
    ['a file of the wrong size', [four, three], 'The file has 3 bytes; input 1 is int8 [1, 4] and takes 4.'],
  ])('refuses %s and writes nothing', async (_, files, message) => {
    const output = join(folder, 'refused');
    const result = await modelc(['run', sum, '--input', ...files, '--output', output, '--json']);
    expect(jsonOf(result, failureSchema)).toMatchObject({ command: 'run', exit_code: 2, problems: [{ message }] });
    expect(existsSync(output)).toBe(false);
  });

  it('prints codes and real values, and names the greatest', async () => {
    writeFileSync(join(folder, 'labels.json'), '["one", "two", "three", "four"]');
    const plain = await modelc(['run', sum, '--input', four, four]);
    expect(plain.stdout).toMatch(/element +value +code\n +0 +0 +3\n +1 +1 +5\n/);
    const named = await modelc([
      'run',
      sum,
      '--input',
      four,
      four,
      '--labels',
      join(folder, 'labels.json'),
      '--top',
      '2',
    ]);
    expect(named.stdout).toMatch(/greatest +label +value +code\n +3 +four +3 +9\n +2 +three +2 +7\n +of 4/);
  });

  it('takes real values, and an archive with the inputs by name', async () => {
    const real = join(folder, 'real.f32');
    writeFileSync(real, new Uint8Array(Float32Array.of(0, 0.5, 1, 1.5).buffer));
    const report = jsonOf(await modelc(['run', sum, '--input', real, four, '--json']), runSchema);
    expect(report.outputs[0]).toMatchObject({ codes: [3, 5, 7, 9], file: null });
    const zeros = npy([0, 0, 0, 0]);
    writeFileSync(join(folder, 'both.npz'), zipSync({ 'tensor 1.npy': zeros, 'tensor 0.npy': npy([3, 4, 5, 6]) }));
    const both = jsonOf(await modelc(['run', sum, '--input', join(folder, 'both.npz'), '--json']), runSchema);
    expect(both.outputs[0]?.codes).toEqual([0, 1, 2, 3]);
  });

  it('refuses a folder that cannot be made', async () => {
    const output = join(four, 'inside-a-file');
    const result = await modelc(['run', sum, '--input', four, four, '--output', output, '--json']);
    expect(jsonOf(result, failureSchema).problems).toMatchObject([{ code: 'usage/file', place: { file: output } }]);
  });
});
