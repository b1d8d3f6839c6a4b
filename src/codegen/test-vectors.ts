/**
 * Test inputs that both the compiler and a microcontroller can make from a seed, without storing them:
 * bytes of a 32-bit linear congruential generator, x ← 1664525·x + 1013904223, top byte first in line.
 */
import { elementCount, requireComputedType, toBytes } from '../ir/element-type.js';
import type { Tensor } from '../ir/graph.js';

export interface RandomBytes {
  readonly next: () => number;
}

/** Unsigned bytes, starting after `seed`. */
export function randomBytes(seed: number): RandomBytes {
  let state = seed >>> 0;
  return {
    next: () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    },
  };
}

/**
 * Raw little-endian input for each tensor, drawn from one stream: integers take the bytes as they come, float32 takes
 * int8(byte) / 128, bool the lowest bit.
 */
export function randomInputs(inputs: readonly Tensor[], seed: number): Uint8Array[] {
  const stream = randomBytes(seed);
  return inputs.map(({ type, shape }) => {
    const count = elementCount(shape);
    if (type === 'float32') {
      const values = new Float32Array(count);
      for (let i = 0; i < count; i++) values[i] = ((stream.next() << 24) >> 24) / 128;
      return new Uint8Array(values.buffer);
    }
    const mask = type === 'bool' ? 1 : 0xff;
    const bytes = toBytes(requireComputedType(type).allocate(count));
    for (let i = 0; i < bytes.length; i++) bytes[i] = stream.next() & mask;
    return bytes;
  });
}
