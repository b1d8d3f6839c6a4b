import { describe, expect, it } from 'vitest';
import { pack } from '../../src/memory/pack.js';
import type { Buffer, Step } from '../../src/memory/types.js';
import { random } from './graphs.js';

function buffer(first: number, last: number, bytes: number, align = 4): Buffer {
  return { id: `${first}:${last}:${bytes}`, first, last, bytes, align };
}

function shrinking(...steps: readonly (readonly [first: number, last: number, bytes: number])[]): Buffer {
  const list: Step[] = steps.map(([first, last, bytes]) => ({ first, last, bytes }));
  const bytes = Math.max(...list.map((step) => step.bytes));
  return { id: 'shrinking', first: steps[0][0], last: steps[steps.length - 1][1], bytes, align: 4, steps: list };
}

function bytesAt({ steps, bytes, first, last }: Buffer, time: number): number {
  return (steps ?? [{ first, last, bytes }]).find((step) => step.first <= time && time <= step.last)?.bytes ?? 0;
}

function timesOf(buffers: readonly Buffer[]): readonly number[] {
  return [...new Set(buffers.flatMap(({ first, steps }) => [first, ...(steps ?? []).map((step) => step.first)]))];
}

/** Pairs of buffers that meet, misaligned buffers, and buffers outside of the arena. */
function conflicts(buffers: readonly Buffer[], offsets: readonly number[], arenaBytes: number): string[] {
  const found: string[] = [];
  for (const [i, a] of buffers.entries()) {
    if (offsets[i] % a.align !== 0) found.push(`${a.id} is misaligned`);
    if (offsets[i] < 0 || offsets[i] + a.bytes > arenaBytes) found.push(`${a.id} is outside`);
    for (const [j, b] of buffers.entries()) {
      if (j >= i) break;
      if (a.last < b.first || b.last < a.first) continue;
      for (const time of timesOf([a, b])) {
        const [p, q] = [bytesAt(a, time), bytesAt(b, time)];
        if (p && q && offsets[i] < offsets[j] + q && offsets[j] < offsets[i] + p) found.push(`${a.id} meets ${b.id}`);
      }
    }
  }
  return found;
}

/** Smallest arena over all orders of stacking, by trying them all. */
function bruteForce(buffers: readonly Buffer[]): number {
  const times = timesOf(buffers);
  const beneath = buffers.map((a) =>
    buffers.map((b) => Math.max(0, ...times.map((time) => (bytesAt(a, time) > 0 ? bytesAt(b, time) : 0)))),
  );
  let best = Infinity;
  const offsets: number[] = [];
  const visit = (placed: readonly number[], height: number) => {
    if (height >= best) return;
    if (placed.length === buffers.length) best = height;
    for (const [i, { bytes, align }] of buffers.entries()) {
      if (placed.includes(i)) continue;
      const tops = placed.filter((j) => beneath[i][j] > 0).map((j) => offsets[j] + beneath[i][j]);
      offsets[i] = Math.ceil(Math.max(0, ...tops) / align) * align;
      visit([...placed, i], Math.max(height, offsets[i] + bytes));
    }
  };
  visit([], 0);
  return best;
}

function randomBuffers(seed: number, count: number, withSteps: boolean): readonly Buffer[] {
  const next = random(seed);
  const aligns = next(3) === 0 ? [4, 8] : [4];
  return Array.from({ length: count }, () => {
    const first = next(6);
    const last = first + next(4);
    const bytes = 1 + next(next(2) === 0 ? 8 : 40);
    const align = aligns[next(aligns.length)];
    if (!withSteps || first === last || next(2) === 0) return buffer(first, last, bytes, align);
    const change = first + next(last - first);
    const steps = [
      { first, last: change, bytes },
      { first: change + 1, last, bytes: 1 + next(bytes) },
    ];
    return { ...buffer(first, last, bytes, align), steps };
  });
}

describe('pack', () => {
  it('needs no arena for no buffers', () => {
    expect(pack([])).toEqual({ offsets: [], arenaBytes: 0, lowerBound: 0, optimal: true, searchNodes: 0 });
  });

  it('puts buffers that never meet at the same offset', () => {
    expect(pack([buffer(0, 1, 100), buffer(2, 3, 80)])).toMatchObject({ offsets: [0, 0], arenaBytes: 100 });
  });

  it('counts the gaps of alignment in the bound, but none above the topmost buffer', () => {
    expect(pack([buffer(0, 0, 5), buffer(0, 0, 6)])).toMatchObject({ arenaBytes: 13, lowerBound: 13, optimal: true });
  });

  it('aligns each buffer to its own alignment', () => {
    const buffers = [buffer(0, 1, 4), buffer(0, 1, 8, 8), buffer(1, 2, 4)];
    const { offsets, arenaBytes } = pack(buffers);
    expect(conflicts(buffers, offsets, arenaBytes)).toEqual([]);
    expect(arenaBytes).toBe(16);
  });

  it('reuses what a shrinking buffer gives back', () => {
    const buffers = [shrinking([0, 1, 80], [2, 5, 20]), buffer(2, 5, 60)];
    const { offsets, arenaBytes, lowerBound } = pack(buffers);
    expect(conflicts(buffers, offsets, arenaBytes)).toEqual([]);
    expect([arenaBytes, lowerBound]).toEqual([80, 80]);
  });

  it('meets the bound where placing by size does not', () => {
    // The first layers of a MobileNetV1: placing the largest first takes 64,512 bytes.
    const sizes = [27648, 18432, 18432, 36864, 9216, 18432, 18432, 18432, 4608];
    const buffers = sizes.map((bytes, i) => buffer(i - 1, i, bytes));
    expect(pack(buffers)).toMatchObject({ arenaBytes: 55296, lowerBound: 55296, optimal: true });
  });

  it('proves a gap that no packing closes', () => {
    const found = Array.from({ length: 400 }, (_, seed) => randomBuffers(seed, 7, false))
      .map((buffers) => ({ buffers, packing: pack(buffers) }))
      .filter(({ packing }) => packing.arenaBytes > packing.lowerBound);
    expect(found.length).toBeGreaterThan(0);
    for (const { buffers, packing } of found) {
      expect(packing.optimal).toBe(true);
      expect(packing.arenaBytes).toBe(bruteForce(buffers));
    }
  });

  it.each([false, true])('finds the optimum of small instances (buffers that shrink: %s)', (withSteps) => {
    for (let seed = 0; seed < 250; seed++) {
      const buffers = randomBuffers(seed, 1 + (seed % 7), withSteps);
      const packing = pack(buffers);
      const message = `seed ${seed}: ${JSON.stringify(buffers)}`;
      expect(conflicts(buffers, packing.offsets, packing.arenaBytes), message).toEqual([]);
      expect(packing.optimal, message).toBe(true);
      expect(packing.arenaBytes, message).toBe(bruteForce(buffers));
      expect(packing.lowerBound, message).toBeLessThanOrEqual(packing.arenaBytes);
    }
  });

  it('keeps shrinking buffers apart without a search', () => {
    for (let seed = 0; seed < 200; seed++) {
      const buffers = randomBuffers(seed, 25, true);
      const { offsets, arenaBytes } = pack(buffers, { nodeLimit: 0 });
      expect(conflicts(buffers, offsets, arenaBytes), `seed ${seed}`).toEqual([]);
    }
  });

  it('is deterministic, and does not depend on the clock when cut short', () => {
    const buffers = randomBuffers(7, 60, true);
    const limited = pack(buffers, { nodeLimit: 50 });
    expect(pack(buffers, { nodeLimit: 50 })).toEqual(limited);
    expect(limited.searchNodes).toBeLessThanOrEqual(60);
    expect(conflicts(buffers, limited.offsets, limited.arenaBytes)).toEqual([]);
  });

  it('never returns less than the heuristics found', () => {
    for (let seed = 1000; seed < 1020; seed++) {
      const buffers = randomBuffers(seed, 30, true);
      const [heuristic, searched] = [0, 500].map((nodeLimit) => pack(buffers, { nodeLimit }).arenaBytes);
      expect(searched, `seed ${seed}`).toBeLessThanOrEqual(heuristic);
    }
  });

  it('handles thousands of buffers', () => {
    const next = random(3);
    for (const [count, times] of [
      [300, 100],
      [3000, 1000],
    ]) {
      const buffers = Array.from({ length: count }, () => {
        const first = next(times);
        return buffer(first, first + next(30), 1 + next(1000));
      });
      const start = performance.now();
      const packing = pack(buffers, { nodeLimit: 2000 });
      const elapsed = performance.now() - start;
      const { arenaBytes, lowerBound, searchNodes } = packing;
      console.log(
        `${count} buffers: ${arenaBytes} bytes, bound ${lowerBound}, ${searchNodes} nodes, ${elapsed.toFixed(0)} ms`,
      );
      expect(conflicts(buffers, packing.offsets, arenaBytes)).toEqual([]);
      expect(arenaBytes).toBeLessThan(1.15 * lowerBound);
    }
  });
});
