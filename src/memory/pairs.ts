/** The one rule of memory: for two buffers, which distances between them would let one destroy the other. */
import type { EventView, LiveBytes } from './liveness.js';

/** Offsets a, b of buffers i < j collide when low < b − a < high. */
export interface Forbidden {
  low: number;
  high: number;
}

/** Forbidden distances of all pairs that are ever alive together, as the hull over time. */
export class PairDistances {
  readonly #pairs: Map<number, Forbidden>[];

  constructor(buffers: number) {
    this.#pairs = Array.from({ length: buffers }, () => new Map());
  }

  /** `to` may not start more than `low` and less than `high` bytes above `from`. */
  forbid(from: number, to: number, low: number, high: number): void {
    if (from === to || high <= low) return;
    if (from > to) {
      this.forbid(to, from, -high, -low);
      return;
    }
    const pairs = this.#pairs[from] as Map<number, Forbidden>;
    const known = pairs.get(to);
    if (known === undefined) {
      pairs.set(to, { low, high });
    } else {
      if (low < known.low) known.low = low;
      if (high > known.high) known.high = high;
    }
  }

  /** The pairs of some buffers, which are numbered anew in the order given. */
  select(buffers: readonly number[]): PairDistances {
    const numbers = new Map(buffers.map((buffer, number) => [buffer, number]));
    const selected = new PairDistances(buffers.length);
    this.forEach((from, to, { low, high }) => {
      const [a, b] = [numbers.get(from), numbers.get(to)];
      if (a !== undefined && b !== undefined) selected.forbid(a, b, low, high);
    });
    return selected;
  }

  /** Calls `visit` for every pair, `from` < `to`. */
  forEach(visit: (from: number, to: number, forbidden: Readonly<Forbidden>) => void): void {
    for (const [from, pairs] of this.#pairs.entries()) {
      for (const [to, forbidden] of pairs) visit(from, to, forbidden);
    }
  }
}

/**
 * Adds what one event forbids. It writes bytes [w0, w1) of a buffer at b; bytes [s0, s1) of another buffer at a that
 * have to survive forbid s0 − w1 < b − a < s1 − w0. Bytes the event has finished with allow more: see `Access.overlap`.
 */
export function addEvent(pairs: PairDistances, event: EventView, held: LiveBytes): void {
  const { writes, dying, closing, scratch, reverse } = event;
  for (const write of writes) {
    const { buffer: target, begin, end, isBlock, output } = write;
    const survive = (buffer: number, from: number, to: number) => {
      if (to > from) pairs.forbid(buffer, target, from - end, to - begin);
    };
    for (const [buffer, stays] of held.buffers) survive(buffer, stays.begin, stays.end);
    for (const block of closing) survive(block.buffer, 0, block.bytes);
    for (const other of writes) survive(other.buffer, other.begin, other.end);
    for (const source of dying) {
      const { buffer, readBegin, readEnd, low, high } = source;
      const distance = isBlock ? Number.POSITIVE_INFINITY : (source.overlap[output] as number);
      if (distance >= end - begin) {
        survive(buffer, low.begin, low.end);
        survive(buffer, high.begin, high.end);
      } else if (reverse) {
        const from = low.end > low.begin ? low.begin : high.begin;
        pairs.forbid(buffer, target, from - end, readEnd + distance - end);
      } else {
        const to = high.end > high.begin ? high.end : low.end;
        pairs.forbid(buffer, target, readBegin - distance - begin, to - begin);
      }
    }
    if (scratch !== undefined) {
      const { buffer, bytes, overlap } = scratch;
      if (output === 0 && !isBlock && overlap !== undefined && overlap < end - begin) {
        pairs.forbid(buffer, target, -overlap - begin, bytes - begin);
      } else {
        survive(buffer, 0, bytes);
      }
    }
  }
}
