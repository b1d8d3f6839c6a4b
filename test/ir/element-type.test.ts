import { describe, expect, it } from 'vitest';
import {
  allocate,
  bitsPerElement,
  byteLength,
  computedType,
  computedTypes,
  elementTypes,
  fromBytes,
  requireComputedType,
} from '../../src/ir/element-type.js';
import { tensorBytes } from '../../src/ir/graph.js';
import { makeTensor } from '../support/models.js';

describe('element types', () => {
  it.each(computedTypes)('%s: width, storage and range agree', (type) => {
    const { range, cType } = requireComputedType(type);
    const data = requireComputedType(type).allocate(3);
    expect(data.BYTES_PER_ELEMENT * 8).toBe(bitsPerElement(type));
    expect(cType === 'float' ? 32 : Number(/\d+/.exec(cType)?.[0])).toBe(bitsPerElement(type));
    data.set(range as never);
    expect([data[0], data[1]]).toEqual(range);
    expect(fromBytes(type, 3, new Uint8Array(data.byteLength))).toEqual(allocate(type, 3));
  });

  it('computes with no type that has no width', () => {
    const wild = elementTypes.filter((type) => bitsPerElement(type) === undefined);
    expect(wild).toEqual(['string', 'resource', 'variant']);
    expect(wild.filter((type) => computedType(type) !== undefined)).toEqual([]);
  });

  it.each([
    ['int4', 3, 2],
    ['int4', 4, 2],
    ['int2', 5, 2],
    ['int8', 3, 3],
    ['complex128', 2, 32],
  ] as const)('stores %s[%i] in %i whole bytes', (type, count, bytes) => {
    expect(byteLength(type, count)).toBe(bytes);
    expect(tensorBytes(makeTensor(0, { type, shape: [count] }))).toBe(bytes);
  });
});
