import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

describe('run in the interpreter', () => {
  it('writes the outputs that TensorFlow Lite Micro computes', async () => {
    const output = join(folder, 'scores');
    const input = join(digitsVectors, 'in06.bin');
    const result = await modelc(['run', digits, '--input', input, '--output', output, '--json']);
    const report = jsonOf(result, runSchema);
    expect(report).toMatchObject({ on: 'interpreter', outputs: [{ file: join(output, 'out0.bin'), bytes: 10 }] });
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

  it('refuses a folder that cannot be made', async () => {
    const output = join(four, 'inside-a-file');
    const result = await modelc(['run', sum, '--input', four, four, '--output', output, '--json']);
    expect(jsonOf(result, failureSchema).problems).toMatchObject([{ code: 'usage/file', place: { file: output } }]);
  });
});
