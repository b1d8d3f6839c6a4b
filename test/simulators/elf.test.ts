import { describe, expect, it } from 'vitest';
import { elfSegments } from '../../src/simulators/elf.js';

/** An ELF file with one loadable segment of the given bytes, and one to be skipped. */
function elfFile(contents: readonly number[]): Uint8Array {
  const start = 52 + 2 * 32;
  const file = new Uint8Array(start + contents.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x464c457f, true);
  file.set([1, 1], 4);
  view.setUint32(28, 52, true);
  view.setUint16(42, 32, true);
  view.setUint16(44, 2, true);
  const notLoadable = 2;
  for (const [index, type] of [notLoadable, 1].entries()) {
    const header = 52 + 32 * index;
    view.setUint32(header, type, true);
    view.setUint32(header + 4, start, true);
    view.setUint32(header + 8, 0x20000000, true);
    view.setUint32(header + 12, 0x10000100, true);
    view.setUint32(header + 16, contents.length, true);
  }
  file.set(contents, start);
  return file;
}

describe('an ELF file', () => {
  it('gives the bytes of its loadable segments at their physical address', () => {
    expect(elfSegments(elfFile([1, 2, 3]))).toEqual([
      { physicalAddress: 0x10000100, bytes: Uint8Array.from([1, 2, 3]) },
    ]);
  });

  it('is refused wherever it is cut off', () => {
    const file = elfFile([1, 2, 3]);
    for (let bytes = 0; bytes < file.length; bytes++) {
      expect(() => elfSegments(file.subarray(0, bytes)), `${bytes} bytes`).toThrow(/ELF/);
    }
  });

  it('is refused for another machine size or byte order', () => {
    for (const position of [4, 5]) {
      const file = elfFile([1]);
      file[position] = 2;
      expect(() => elfSegments(file)).toThrow(/32-bit little-endian/);
    }
  });
});
