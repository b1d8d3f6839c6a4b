import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseStrays, readStrays } from '../../src/verify/strays.js';

const record = (...fields: [layer: number, offset: number, bytes: number, written: number]) =>
  new Uint8Array(Int32Array.from(fields).buffer);

describe('stray accesses', () => {
  it.each([
    [-1, 'before-arena'],
    [0, 'dead'],
    [99, 'dead'],
    [100, 'past-arena'],
  ])('at %i of an arena of 100 bytes are %s', (offset, place) => {
    expect(parseStrays(record(2, offset, 3, 1), 4, 100)).toEqual([
      { case: 4, layer: 2, access: 'write', place, offset, bytes: 3 },
    ]);
  });

  it('are reads where a sanitizer says so', () => {
    expect(parseStrays(record(0, 5, 1, 0), 0, 100)).toMatchObject([{ access: 'read' }]);
  });

  it('come in the order of the file, without a record that was cut off', () => {
    const file = Uint8Array.from([...record(1, 0, 1, 1), ...record(2, 0, 1, 1), ...record(3, 0, 1, 1)]);
    const layers = (bytes: number) => parseStrays(file.subarray(0, bytes), 0, 9).map(({ layer }) => layer);
    expect(layers(48)).toEqual([1, 2, 3]);
    expect(layers(47)).toEqual([1, 2]);
    expect(layers(0)).toEqual([]);
  });

  it('of the same layer and place are told once', () => {
    const file = Uint8Array.from([...record(1, 8, 2, 1), ...record(1, 8, 2, 1), ...record(1, 9, 2, 1)]);
    expect(parseStrays(file, 0, 99).map(({ offset }) => offset)).toEqual([8, 9]);
  });

  const folder = mkdtempSync(join(tmpdir(), 'modelc-strays-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are collected from the files of all cases', () => {
    writeFileSync(join(folder, 'case1.strays'), record(7, 1, 1, 1));
    writeFileSync(join(folder, 'case3.strays'), record(8, 2, 1, 1));
    expect(readStrays(folder, 4, 9).map((stray) => [stray.case, stray.layer])).toEqual([
      [1, 7],
      [3, 8],
    ]);
    expect(readStrays(folder, 3, 9)).toHaveLength(1);
  });
});
