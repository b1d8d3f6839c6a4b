import { describe, expect, it } from 'vitest';
import { arrayInitializer, arrayLength, isLiteral } from '../../src/codegen/c-array.js';
import { ConstantPool } from '../../src/codegen/constants.js';
import type { TensorData } from '../../src/ir/element-type.js';
import type { ConstantArray } from '../../src/kernels/kernel.js';

/** The numbers of an initialiser as C reads them. */
function readBack(text: string): string[] {
  return text
    .replace(/^\{\n|\n\}$/g, '')
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

/** Types of elements by the class of their array. */
const cTypes = new Map<unknown, ConstantArray['cType']>([
  [Int8Array, 'int8_t'],
  [Uint8Array, 'uint8_t'],
  [Int16Array, 'int16_t'],
  [Int32Array, 'int32_t'],
]);
const array = (values: TensorData): ConstantArray => ({
  name: 'weights',
  cType: cTypes.get(values.constructor) as ConstantArray['cType'],
  values,
  comment: '',
});

describe('arrayInitializer', () => {
  it.each<[string, TensorData, string[]]>([
    ['int8', Int8Array.of(-128, 0, 127), ['-128', '0', '127']],
    ['uint8', Uint8Array.of(0, 255), ['0', '255']],
    ['int16', Int16Array.of(-32768, 32767), ['-32768', '32767']],
    // -2147483648 would be the negation of a literal that has no 32-bit type
    ['int32', Int32Array.of(-(2 ** 31), 2 ** 31 - 1), ['INT32_MIN', '2147483647']],
    ['int64', BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n), ['INT64_MIN', 'INT64_C(9223372036854775807)']],
  ])('writes the ends of %s', (_, values, texts) => {
    expect(readBack(arrayInitializer(values))).toEqual(texts);
  });

  it('writes every float32 so that it reads back as itself', () => {
    const bits = Uint32Array.from({ length: 5000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
    const values = new Float32Array(bits.buffer).filter(Number.isFinite);
    const edges = Float32Array.of(0, 1, 0.1, 2 ** -149, 2 ** -126, 3.4028234663852886e38, -1e-40, 16777217);
    for (const list of [values, edges]) {
      const texts = readBack(arrayInitializer(list));
      expect(texts.every((text) => /^-?\d\.\d{8}e[+-]\d+f$/.test(text))).toBe(true);
      expect(Float32Array.from(texts, (text) => Number(text.slice(0, -1)))).toEqual(list);
    }
  });

  it('gives an empty array an element, because C has none without', () => {
    expect(arrayLength(new Int8Array(0))).toBe(1);
    expect(readBack(arrayInitializer(new Int8Array(0)))).toEqual(['0']);
    expect(arrayLength(new Int8Array(7))).toBe(7);
  });

  it('keeps lines within 120 columns and all elements', () => {
    const values = Int32Array.from({ length: 1000 }, (_, i) => (i % 7 === 0 ? -1_000_000_000 : i));
    const text = arrayInitializer(values);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(readBack(text).map(Number)).toEqual([...values]);
  });
});

/** The bytes of a string literal as C reads it, after trigraphs. */
function literalBytes(text: string): number[] {
  expect(text).not.toMatch(/\?\?/);
  return text.split('\n').flatMap((line) => {
    const inside = /^ {4}"((?:[^"\\]|\\[0-7]{1,3})*)"$/.exec(line)?.[1];
    if (inside === undefined) throw new Error(`not one literal: ${line}`);
    return [...inside.matchAll(/\\([0-7]{1,3})|([ -~])/g)].map(([, octal, plain]) =>
      octal === undefined ? (plain as string).charCodeAt(0) : Number.parseInt(octal, 8),
    );
  });
}

describe('a large array of bytes', () => {
  it('is a string literal of the same bytes, whatever follows what', () => {
    // every byte before every byte, at every place in a line
    const pairs = Uint8Array.from({ length: 2 * 65536 + 1 }, (_, i) => (i % 2 === 0 ? i >> 9 : (i >> 1) & 0xff));
    expect(isLiteral(pairs)).toBe(true);
    expect(literalBytes(arrayInitializer(pairs))).toEqual([...pairs]);
    const signed = Int8Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 37));
    expect(literalBytes(arrayInitializer(signed))).toEqual([...new Uint8Array(signed.buffer)]);
  });

  it('is a list of numbers while it is short, or of wider elements', () => {
    expect(isLiteral(new Int8Array(16_383))).toBe(false);
    expect(isLiteral(new Int8Array(16_384))).toBe(true);
    expect(isLiteral(new Int32Array(100_000))).toBe(false);
  });
});

describe('ConstantPool', () => {
  it('stores equal arrays once, under the first name', () => {
    const pool = new ConstantPool();
    expect(pool.add(array(Int8Array.of(1, 2)), 'first')).toBe('first');
    expect(pool.add(array(Int8Array.of(1, 2)), 'second')).toBe('first');
    expect(pool.constants.map(({ identifier }) => identifier)).toEqual(['first']);
    expect(pool.bytes).toBe(2);
  });

  it('keeps arrays apart that differ in one value, in length or only in type', () => {
    const pool = new ConstantPool();
    const arrays = [
      Int8Array.of(1, 2),
      Int8Array.of(1, 3),
      Int8Array.of(1, 2, 0),
      Uint8Array.of(1, 2),
      Int16Array.of(513),
    ];
    arrays.forEach((values, i) => {
      expect(pool.add(array(values), `name${i}`)).toBe(`name${i}`);
    });
    expect(pool.bytes).toBe(2 + 2 + 3 + 2 + 2);
  });

  it('keeps arrays apart whose CRC-32 is the same', () => {
    const pool = new ConstantPool();
    // two texts that are known for their equal CRC-32
    const [a, b] = ['plumless', 'buckeroo'].map((text) => Uint8Array.from(text, (c) => c.charCodeAt(0)));
    expect(pool.add(array(a as Uint8Array), 'a')).toBe('a');
    expect(pool.add(array(b as Uint8Array), 'b')).toBe('b');
    expect(pool.add(array(b as Uint8Array), 'c')).toBe('b');
  });
});
