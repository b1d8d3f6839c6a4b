/** A seeded source of randomness (mulberry32): equal seeds give equal sequences on every machine. */
export interface Random {
  /** Uniform in [0, 2^32). */
  uint32(): number;
  /** Uniform integer in [0, bound), 0 < bound ≤ 2^32. */
  below(bound: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((uint32() / 2 ** 32) * bound);
  return { uint32, below, pick: (choices) => choices[below(choices.length)] as (typeof choices)[number] };
}
