import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { evaluateSchema } from '../../src/report/evaluate.js';
import { failureSchema } from '../../src/report/json.js';
import { jsonOf, modelc, supportedGraph, temporaryFolder, writeModelFile } from './run.js';

const folder = temporaryFolder();
// LOGISTIC of each of three codes: the class is that of the greatest input
const model = writeModelFile(join(folder, 'three.tflite'), supportedGraph(3));

function npy(type: string, shape: readonly number[], data: ArrayLike<number>, bytes: Uint8Array): Uint8Array {
  const text = `${`{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117)}\n`;
  expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text), ...bytes]);
}
const int8 = (shape: readonly number[], ...values: number[]) =>
  npy('|i1', shape, values, new Uint8Array(Int8Array.from(values).buffer));
const float32 = (shape: readonly number[], ...values: number[]) =>
  npy('<f4', shape, values, new Uint8Array(Float32Array.from(values).buffer));

function data(name: string, arrays: Record<string, Uint8Array>): string {
  const path = join(folder, `${name}.npz`);
  writeFileSync(path, zipSync(Object.fromEntries(Object.entries(arrays).map(([key, file]) => [`${key}.npy`, file]))));
  return path;
}

// classes the model says: 0, 1, 2, 0
const x = [5, 0, 0, 0, 5, 0, 0, 0, 5, 9, 8, 7];
const samples = int8([4, 3], ...x);
const labels = join(folder, 'labels.txt');
writeFileSync(labels, 'cat\nchirping bird\ndog\n');

describe('evaluate', () => {
  it('counts what the model says by class', async () => {
    const file = data('some', { x: samples, y: int8([4], 0, 1, 1, 2) });
    const report = jsonOf(
      await modelc(['evaluate', model, '--data', file, '--labels', labels, '--json']),
      evaluateSchema,
    );
    expect(report).toMatchObject({
      exit_code: 0,
      on: 'interpreter',
      samples: 4,
      available: 4,
      correct: 2,
      accuracy: 0.5,
    });
    expect(report.confusion).toEqual([
      [1, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
    expect(report.classes).toEqual([
      { index: 0, label: 'cat', samples: 1, predicted: 2, correct: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
      { index: 1, label: 'chirping bird', samples: 2, predicted: 1, correct: 1, precision: 1, recall: 0.5, f1: 2 / 3 },
      { index: 2, label: 'dog', samples: 1, predicted: 1, correct: 0, precision: 0, recall: 0, f1: 0 },
    ]);
    const { stdout } = await modelc(['evaluate', model, '--data', file, '--labels', labels]);
    expect(stdout).toMatch(/accuracy +50.00 %/);
    expect(stdout).toMatch(/chirping bird +2 +1 +1 +100.00 % +50.00 % +66.67 %/);
  });

  it('takes real values, one-hot classes and any name for the only array of samples', async () => {
    const real = x.map((code) => 0.5 * (code - 3));
    const file = data('real', {
      features: float32([4, 3], ...real),
      labels: float32([4, 3], 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0),
    });
    const report = jsonOf(await modelc(['evaluate', model, '--data', file, '--json']), evaluateSchema);
    expect(report).toMatchObject({ samples: 4, correct: 4, accuracy: 1 });
  });

  it('runs no more than --limit samples and says so', async () => {
    const file = data('limited', { x: samples, y: int8([4], 0, 0, 0, 0) });
    const { stdout } = await modelc(['evaluate', model, '--data', file, '--limit', '2']);
    expect(stdout).toMatch(/samples +the first 2 of 4/);
    expect(stdout).toMatch(/correct +1\n/);
  });

  it('decides between two classes at one half when there is one output', async () => {
    const single = writeModelFile(join(folder, 'single.tflite'), supportedGraph(1));
    const file = data('two', { x: int8([3, 1], -100, 3, 100), y: int8([3], 0, 1, 1) });
    const report = jsonOf(await modelc(['evaluate', single, '--data', file, '--json']), evaluateSchema);
    expect(report).toMatchObject({ correct: 3, classes: [{ samples: 1 }, { samples: 2 }] });
  });

  it.each([
    ['no classes', { x: samples }, /No array holds the classes; there are x/],
    ['no samples', { y: int8([4], 0, 1, 2, 0) }, /No array of the archive is for input 0/],
    ['a class too many', { x: samples, y: int8([4], 0, 1, 2, 3) }, /the model tells 3 classes apart/],
    [
      'fewer samples than classes',
      { x: int8([2, 3], 1, 2, 3, 4, 5, 6), y: int8([4], 0, 1, 2, 0) },
      /4 of int8 \[1, 3\] are needed/,
    ],
  ])('refuses %s', async (name, arrays, message) => {
    const result = await modelc(['evaluate', model, '--data', data(name, arrays), '--json']);
    expect(jsonOf(result, failureSchema)).toMatchObject({ exit_code: 2, problems: [{ code: 'usage/file' }] });
    expect(result.stderr).toMatch(message);
  });

  it('refuses labels that are not as many as the classes', async () => {
    const file = data('labelled', { x: samples, y: int8([4], 0, 1, 2, 0) });
    writeFileSync(join(folder, 'two.txt'), 'a\nb\n');
    const result = await modelc(['evaluate', model, '--data', file, '--labels', join(folder, 'two.txt')]);
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringMatching(/names 2 classes; the model has 3/)]);
  });
});
