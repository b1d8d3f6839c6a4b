/** The events of consecutive layers that run interleaved: in which order, and how large their rings have to be. */
import type { EventTable, ReadTable, WriteTable } from './event-table.js';
import type { MemoryProblem, Value } from './values.js';

export interface SegmentRun {
  /** Layers `first` … `last` of `MemoryProblem.layers`. */
  readonly first: number;
  readonly last: number;
  readonly reverse: boolean;
  /** One for each layer, in the direction of the segment. */
  readonly tables: readonly EventTable[];
  /** The layer of each event; the n-th appearance of a layer is its n-th event in the direction of the segment. */
  readonly order: readonly number[];
  /** Capacity in bytes of the values that live in rings, by value. */
  readonly rings: ReadonlyMap<number, number>;
}

/** Where a value of a segment is written and read inside it, and what layers behind the segment still need. */
export interface SegmentValue {
  readonly value: Value;
  readonly write: { readonly layer: number; readonly table: WriteTable } | undefined;
  readonly reads: readonly { readonly layer: number; readonly table: ReadTable }[];
  /** Hull of what is read behind the segment. */
  readonly laterBegin: number;
  readonly laterEnd: number;
  /** Whether nothing outside the segment touches the value. */
  readonly isInner: boolean;
}

/** Bytes that readers behind layer `layer` need of a value, as a hull. */
export type LaterNeed = (value: Value, layer: number) => { readonly begin: number; readonly end: number };

/** The values that the layers of `tables` (`first`, `first` + 1, …) touch. */
export function segmentValues(
  problem: MemoryProblem,
  first: number,
  tables: readonly EventTable[],
  later: LaterNeed,
): ReadonlyMap<number, SegmentValue> {
  const last = first + tables.length - 1;
  const found = new Map<number, { write?: SegmentValue['write']; reads: SegmentValue['reads'][number][] }>();
  const entry = (id: number) => {
    let known = found.get(id);
    if (known === undefined) {
      known = { reads: [] };
      found.set(id, known);
    }
    return known;
  };
  tables.forEach((table, i) => {
    for (const read of table.reads) entry(read.value).reads.push({ layer: first + i, table: read });
    for (const write of table.writes) entry(write.value).write = { layer: first + i, table: write };
  });
  const values = new Map<number, SegmentValue>();
  for (const [id, { write, reads }] of found) {
    const value = problem.values[id] as Value;
    const need = later(value, last);
    values.set(id, {
      value,
      write,
      reads,
      laterBegin: need.begin,
      laterEnd: need.end,
      isInner: write !== undefined && !value.isOutput && need.end <= need.begin,
    });
  }
  return values;
}

/**
 * Runs the segment by pulling: the last layer's events one after another, and before each event so many of its
 * producers' events as it reads bytes of; what nobody pulled comes at the end. A ring holds what is alive at the fullest
 * moment, in whole pieces.
 */
export function runSegment(
  first: number,
  reverse: boolean,
  tables: readonly EventTable[],
  values: ReadonlyMap<number, SegmentValue>,
): SegmentRun {
  const next = new Array<number>(tables.length).fill(0);
  const order: number[] = [];
  const extents = new Map<number, number>();
  const done = (layer: number) => next[layer - first] as number;

  const advance = (layer: number): void => {
    const table = tables[layer - first] as EventTable;
    const event = done(layer);
    for (const read of table.reads) {
      const write = values.get(read.value)?.write;
      const [begin, end] = [read.begin[event] as number, read.end[event] as number];
      if (write === undefined || end <= begin) continue;
      const { events } = tables[write.layer - first] as EventTable;
      const { frontier } = write.table;
      while (done(write.layer) < events) {
        const reached = frontier[done(write.layer)] as number;
        if (reverse ? reached <= begin : reached >= end) break;
        advance(write.layer);
      }
    }
    next[layer - first] = event + 1;
    order.push(layer);
    for (const write of table.writes) {
      const value = values.get(write.value) as SegmentValue;
      if (!value.isInner) continue;
      const extent = extentWhile(value, write, event, reverse, done);
      if (extent > (extents.get(write.value) ?? 0)) extents.set(write.value, extent);
    }
  };

  for (let layer = first + tables.length - 1; layer >= first; layer--) {
    const { events } = tables[layer - first] as EventTable;
    while (done(layer) < events) advance(layer);
  }

  const rings = new Map<number, number>();
  for (const [id, extent] of extents) {
    const { value, write, reads } = values.get(id) as SegmentValue;
    const pieces = [write?.table.piece ?? 1, ...reads.map(({ table }) => table.piece)];
    const piece = pieces.reduce(leastCommonMultiple, 1);
    const capacity = Math.ceil(extent / piece) * piece;
    if (capacity < value.bytes) rings.set(id, capacity);
  }
  return { first, last: first + tables.length - 1, reverse, tables, order, rings };
}

/** Bytes from the first to the last that a value occupies while `event` writes to it. */
function extentWhile(
  { reads, value }: SegmentValue,
  write: WriteTable,
  event: number,
  reverse: boolean,
  done: (layer: number) => number,
): number {
  let [begin, end] = [write.begin[event] as number, write.end[event] as number];
  if (end <= begin) return 0;
  const reached = write.frontier[event] as number;
  for (const { layer, table } of reads) {
    const rest = done(layer);
    const low = Math.max(table.restBegin[rest] as number, reverse ? reached : 0);
    const high = Math.min(table.restEnd[rest] as number, reverse ? value.bytes : reached);
    if (high > low) [begin, end] = [Math.min(begin, low), Math.max(end, high)];
  }
  return end - begin;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x === 0 ? 0 : (a / x) * b;
}
