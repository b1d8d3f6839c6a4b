/** Figures of one small model, and an anchor that measured it, for the benchmark's tests. */
import type { Anchor } from '../../../scripts/bench/anchor.js';
import { benchBoards } from '../../../scripts/bench/page.js';
import type { BoardCosts, ModelResult, Results } from '../../../scripts/bench/results.js';

export const costs: Omit<BoardCosts, 'board'> = {
  toolchain: 'gcc',
  flash: { total: 5000, weights: 3000, code: 1500 },
  stack_bytes: 128,
  instructions: 1_200_000,
};

export const model: ModelResult = {
  name: 'tiny',
  bytes: 4096,
  crc32: '0123abcd',
  macs: 1000,
  arena_bytes: 2048,
  arena_lower_bound: 2000,
  scratch_bytes: 64,
  compile_ms: { warm: 123.4, command: 456.7 },
  boards: [...benchBoards.keys()].map((board) => ({ board, ...costs })),
};

export function resultsOf(...models: readonly ModelResult[]): Results {
  return {
    machine: { processor: 'Some processor', node: '20.0.0' },
    tools: { gcc: '12.2.0' },
    models: [...models],
  };
}

function everywhere(value: number) {
  return { m0p: value, m3: value, m4: value, m7: value, m55: value };
}

export const anchor: Anchor = {
  what: 'an anchor',
  sources: { kernels: 'abc' },
  method: { instructions: 'counted' },
  models: [
    {
      name: 'tiny',
      measuredAs: 'tiny01',
      bytes: 4096,
      macs: 1000,
      instructions: { ...everywhere(1_000_000), m0p: 2_400_000 },
      flash: everywhere(10_000),
      arena: everywhere(4000),
      activations: everywhere(2000),
    },
  ],
};
