import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/inputs/npy.js';
import { isZip, readNpz } from '../../src/inputs/npz.js';
import { problemsOf } from '../support/problems.js';

/** Written by numpy.savez_compressed of NumPy 2.4: arrays of several types, byte orders and memory orders. */
const archive = new Uint8Array(
  Buffer.from(
    'UEsDBC0AAAAIAAAAIQDEPQNr//////////8JABQAY29kZXMubnB5AQAQAIMAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBek2' +
      'morqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgrGmjoKtQpkA64GhnoAUEsDBC0AAAAIAAAAIQCW4PT6//////////8HABQAYmln' +
      'Lm5weQEAEACwAAAAAAAAAFgAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpdmoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRj' +
      'oKxpo6CrUKZAMuBiiwfwClP0DpHxDaASrvwAKhAVBLAwQtAAAACAAAACEAhyp65P//////////CwAUAGZvcnRyYW4ubnB5AQAQAJgAAAAAAAAA' +
      'VQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6CsaaOgq1CuQDLgYwOGAPJE' +
      'DYgYGhAUgrOAAAUEsDBC0AAAAIAAAAIQBLatIm//////////8KABQAaGFsdmVzLm5weQEAEACIAAAAAAAAAEwAAAAAAAAAm+wX6hsQychQxlCt' +
      'npJanFykbqWgbpNmpK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJjqaOgq1ChQALgYLhgP/qxkZAFBLAwQtAAAACAAAACEA7hm7Xf' +
      '//////////CQAUAGZsYWdzLm5weQEAEACCAAAAAAAAAEYAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXpNkqK6joJ6WX1RSlJgXn1+UkgoS' +
      'd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALkYGAFBLAwQtAAAACAAAACEA1PgCoP//////////CAAUAHdpZGUubnB5AQAQAJAAAAAAAAAATAAAAA' +
      'AAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgYQUGD4DwUAUEsD' +
      'BC0AAAAIAAAAIQDqhlSQ//////////8KABQAc2NhbGFyLm5weQEAEACCAAAAAAAAAEQAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgblNqpK' +
      '6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkamjoKtQoUAS52BgBQSwECLQMtAAAACAAAACEAxD0Da0kAAACDAAAACQAAAAAAAAAAAAAA' +
      'gAEAAAAAY29kZXMubnB5UEsBAi0DLQAAAAgAAAAhAJbg9PpYAAAAsAAAAAcAAAAAAAAAAAAAAIABhAAAAGJpZy5ucHlQSwECLQMtAAAACAAAAC' +
      'EAhyp65FUAAACYAAAACwAAAAAAAAAAAAAAgAEVAQAAZm9ydHJhbi5ucHlQSwECLQMtAAAACAAAACEAS2rSJkwAAACIAAAACgAAAAAAAAAAAAAA' +
      'gAGnAQAAaGFsdmVzLm5weVBLAQItAy0AAAAIAAAAIQDuGbtdRgAAAIIAAAAJAAAAAAAAAAAAAACAAS8CAABmbGFncy5ucHlQSwECLQMtAAAACA' +
      'AAACEA1PgCoEwAAACQAAAACAAAAAAAAAAAAAAAgAGwAgAAd2lkZS5ucHlQSwECLQMtAAAACAAAACEA6oZUkEQAAACCAAAACgAAAAAAAAAAAAAA' +
      'gAE2AwAAc2NhbGFyLm5weVBLBQYAAAAABwAHAIIBAAC2AwAAAAA=',
    'base64',
  ),
);

/** A `.npy` file as NumPy lays it out. */
function npy(header: string, data: readonly number[]): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text), ...data]);
}
const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe('readNpz', () => {
  const arrays = readNpz(archive);
  const halves = [0, 0.5, 1, 1.5, 2, 2.5];

  it.each<[string, string, number[], (number | bigint)[]]>([
    ['codes', 'int8', [1, 3], [-128, 0, 127]],
    ['big', 'float64', [2, 3], halves],
    ['fortran', 'float32', [2, 3], halves],
    ['halves', 'float16', [4], [0.5, -2, 65504, 2 ** -24]],
    ['flags', 'bool', [2], [1, 0]],
    ['wide', 'int64', [2], [2n ** 53n + 1n, -1n]],
    ['scalar', 'uint16', [], [7]],
  ])('reads %s as NumPy wrote it', (name, type, shape, values) => {
    const array = arrays.get(name);
    expect(array).toMatchObject({ type, shape });
    expect(Array.from(array?.data as Iterable<number | bigint>)).toEqual(values);
  });

  it('keeps the order of the arrays', () => {
    expect([...arrays.keys()]).toEqual(['codes', 'big', 'fortran', 'halves', 'flags', 'wide', 'scalar']);
  });

  it('reads archives that numpy.savez did not compress, and only their arrays', () => {
    const file = zipSync({ 'x.npy': npy(header('|u1', '(2,)'), [1, 2]), 'readme.txt': [1] as never }, { level: 0 });
    expect(isZip(file)).toBe(true);
    expect([...readNpz(file)].map(([name, { data }]) => [name, [...data]])).toEqual([['x', [1, 2]]]);
  });

  it('refuses what is cut short, and what claims to be huge, without unpacking it', () => {
    expect(problemsOf(() => readNpz(archive.subarray(0, 200)))).toMatchObject([{ code: 'usage/file' }]);
    const file = zipSync({ 'x.npy': new Uint8Array(100) });
    // uncompressed size in the central directory
    const at = file.findIndex((_, i) => file[i] === 0x50 && file[i + 1] === 0x4b && file[i + 2] === 1) + 24;
    file.set([0xff, 0xff, 0xff, 0x7f], at);
    expect(problemsOf(() => readNpz(file))).toMatchObject([{ message: expect.stringMatching(/more than/) }]);
  });
});

describe('readNpy', () => {
  it.each([
    ['objects', header('|O', '(1,)'), [0]],
    ['texts', header('<U3', '(1,)'), new Array(12).fill(0)],
    ['too little data', header('<f4', '(2, 2)'), [0, 0, 0, 0]],
    ['too much data', header('|i1', '(1,)'), [0, 0]],
    ['no description', '{}', []],
    ['a structure', "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0]],
  ])('refuses %s', (_, text, data) => {
    expect(problemsOf(() => readNpy(npy(text, data)))).toMatchObject([{ code: 'usage/file' }]);
  });

  it('refuses every beginning of a file', () => {
    const whole = npy(header('<i2', '(2,)'), [1, 0, 2, 0]);
    expect([...readNpy(whole).data]).toEqual([1, 2]);
    for (let length = 0; length < whole.length; length++) {
      expect(
        problemsOf(() => readNpy(whole.subarray(0, length))),
        String(length),
      ).toHaveLength(1);
    }
  });
});
