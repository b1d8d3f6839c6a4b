import { describe, expect, it } from 'vitest';
import { randomInputs } from '../../src/codegen/test-vectors.js';
import { makeTensor } from '../support/models.js';

const int8 = makeTensor(0, { shape: [2, 3] });

describe('randomInputs', () => {
  it('are these bytes, which the C of every released self-test makes as well', () => {
    expect(randomInputs([int8], 1)).toEqual([Uint8Array.of(0x3c, 0x5e, 0x81, 0xb4, 0x0c, 0x5e)]);
  });

  it('depend on the seed alone', () => {
    expect(randomInputs([int8], 7)).toEqual(randomInputs([int8], 7));
    expect(randomInputs([int8], 7)).not.toEqual(randomInputs([int8], 8));
    expect(randomInputs([int8], 2 ** 32 + 7)).toEqual(randomInputs([int8], 7));
  });

  it('draw all inputs from one stream', () => {
    const [first, second] = randomInputs([int8, int8], 5) as [Uint8Array, Uint8Array];
    const [both] = randomInputs([makeTensor(0, { shape: [12] })], 5);
    expect([...first, ...second]).toEqual([...(both as Uint8Array)]);
  });

  it.each([
    ['bool', 6],
    ['int16', 12],
    ['int32', 24],
    ['int64', 48],
    ['float32', 24],
  ] as const)('fill %s', (type, bytes) => {
    const [values] = randomInputs([{ ...int8, type }], 3) as [Uint8Array];
    expect(values).toHaveLength(bytes);
    if (type === 'bool') expect(new Set(values)).toEqual(new Set([0, 1]));
    if (type === 'float32') {
      const floats = new Float32Array(values.buffer);
      expect(floats.every((value) => value >= -1 && value < 1 && Number.isInteger(value * 128))).toBe(true);
      expect(new Set(floats).size).toBeGreaterThan(3);
    }
  });
});
