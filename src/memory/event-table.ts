/** A granule's accesses as numbers in the order in which its events run, so that planning asks each kernel once. */
import type { Granule } from './access.js';
import type { PlanLayer } from './values.js';

/** What one input slot reads. Index k is the k-th event that runs. */
export interface ReadTable {
  readonly value: number;
  readonly slot: number;
  readonly begin: Float64Array;
  readonly end: Float64Array;
  /** Hull of what events k, k + 1, … read; one entry more than events, the last empty. */
  readonly restBegin: Float64Array;
  readonly restEnd: Float64Array;
  readonly piece: number;
  /** S by position in `writes`. */
  readonly overlap: readonly number[];
}

export interface WriteTable {
  readonly value: number;
  readonly slot: number;
  readonly begin: Float64Array;
  readonly end: Float64Array;
  /** End (reversed: begin) of all that events 0 … k − 1 have written; one entry more than events. */
  readonly frontier: Float64Array;
  readonly piece: number;
}

export interface EventTable {
  readonly granule: Granule;
  readonly reverse: boolean;
  readonly events: number;
  readonly reads: readonly ReadTable[];
  readonly writes: readonly WriteTable[];
}

export function eventTable(layer: PlanLayer, granule: Granule, reverse: boolean): EventTable {
  const { access } = granule;
  const { events } = access;
  const eventAt = (k: number) => (reverse ? events - 1 - k : k);
  const reads = layer.reads.map(({ slot, value }): ReadTable => {
    const begin = new Float64Array(events);
    const end = new Float64Array(events);
    const restBegin = new Float64Array(events + 1);
    const restEnd = new Float64Array(events + 1);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = events - 1; k >= 0; k--) {
      const span = access.read(slot, eventAt(k));
      if (span.end > span.begin) {
        begin[k] = span.begin;
        end[k] = span.end;
        low = Math.min(low, span.begin);
        high = Math.max(high, span.end);
      }
      if (high > low) {
        restBegin[k] = low;
        restEnd[k] = high;
      }
    }
    const overlap = layer.writes.map((write) => access.overlap(slot, write.slot, reverse));
    return { value: value.id, slot, begin, end, restBegin, restEnd, piece: access.readUnit(slot), overlap };
  });
  const writes = layer.writes.map(({ slot, value }): WriteTable => {
    const begin = new Float64Array(events);
    const end = new Float64Array(events);
    const frontier = new Float64Array(events + 1);
    let reached = reverse ? value.bytes : 0;
    frontier[0] = reached;
    for (let k = 0; k < events; k++) {
      const span = access.write(slot, eventAt(k), reverse);
      if (span.end > span.begin) {
        begin[k] = span.begin;
        end[k] = span.end;
        reached = reverse ? span.begin : span.end;
      }
      frontier[k + 1] = reached;
    }
    return { value: value.id, slot, begin, end, frontier, piece: access.writeUnit(slot) };
  });
  return { granule, reverse, events, reads, writes };
}
