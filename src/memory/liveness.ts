/** What is alive in the arena, event by event. */
import type { EventTable, ReadTable } from './event-table.js';
import type { SegmentRun, SegmentValue } from './segment-run.js';

/** Bytes of a buffer in use: a range of a linear value, or all of a ring or of scratch. */
export interface Held {
  readonly begin: number;
  readonly end: number;
}

/** The buffers in use and how many bytes they have together. */
export class LiveBytes {
  readonly #buffers = new Map<number, { begin: number; end: number }>();
  #total = 0;

  get total(): number {
    return this.#total;
  }
  get buffers(): ReadonlyMap<number, Held> {
    return this.#buffers;
  }
  has(buffer: number): boolean {
    return this.#buffers.has(buffer);
  }
  /** Replaces what is held of a buffer; an empty range ends it. */
  set(buffer: number, begin: number, end: number): void {
    const known = this.#buffers.get(buffer);
    if (end <= begin) {
      if (known !== undefined) this.delete(buffer);
    } else if (known === undefined) {
      this.#buffers.set(buffer, { begin, end });
      this.#total += end - begin;
    } else {
      this.#total += end - begin - (known.end - known.begin);
      known.begin = begin;
      known.end = end;
    }
  }
  /** Whether it was in use. */
  delete(buffer: number): boolean {
    const known = this.#buffers.get(buffer);
    if (known !== undefined) this.#total -= known.end - known.begin;
    return this.#buffers.delete(buffer);
  }
}

/** What an event writes. Rings and scratch appear when they come to life, with all their bytes. */
export interface Write {
  readonly buffer: number;
  readonly begin: number;
  readonly end: number;
  readonly isBlock: boolean;
  /** Position in the layer's outputs that have a value; −1 for scratch. */
  readonly output: number;
}

/** Input bytes that an event reads and nobody needs afterwards. */
export interface Dying {
  readonly buffer: number;
  /** First and last byte that the event reads. */
  readonly readBegin: number;
  readonly readEnd: number;
  /** What the event reads below and above the bytes that stay. */
  readonly low: { readonly begin: number; readonly end: number };
  readonly high: { readonly begin: number; readonly end: number };
  /** S by position in the layer's outputs that have a value. */
  readonly overlap: readonly number[];
}

export interface EventView {
  readonly layer: number;
  readonly writes: readonly Write[];
  readonly dying: readonly Dying[];
  /** Blocks this event uses that are not held afterwards. */
  readonly closing: readonly { readonly buffer: number; readonly bytes: number }[];
  /** Scratch of the layer, in use during this event whether or not it is kept. */
  readonly scratch:
    | { readonly buffer: number; readonly bytes: number; readonly overlap: number | undefined }
    | undefined;
  readonly reverse: boolean;
}

/** Buffer number of a layer's scratch: values come first. */
export function scratchBuffer(valueCount: number, layer: number): number {
  return valueCount + layer;
}

/**
 * Runs the events of a segment over `held`, which has to contain what is alive when the segment begins and contains
 * what is alive when it ends. `visit` sees each event with `held` as it is afterwards.
 */
export function walkSegment(
  run: SegmentRun,
  values: ReadonlyMap<number, SegmentValue>,
  valueCount: number,
  held: LiveBytes,
  visit: (event: EventView, index: number) => void,
): void {
  const { first, reverse, tables, order, rings } = run;
  const next = new Array<number>(tables.length).fill(0);
  // A ring is free again after the last event of its writer and its readers
  const ringEvents = new Map<number, number>();
  for (const id of rings.keys()) {
    const { write, reads } = values.get(id) as SegmentValue;
    const layers = new Set([...(write ? [write.layer] : []), ...reads.map(({ layer }) => layer)]);
    ringEvents.set(
      id,
      [...layers].reduce((sum, layer) => sum + (tables[layer - first] as EventTable).events, 0),
    );
  }

  order.forEach((layer, index) => {
    const table = tables[layer - first] as EventTable;
    const event = next[layer - first] as number;
    next[layer - first] = event + 1;
    const writes: Write[] = [];
    const dying: Dying[] = [];
    const closing: { buffer: number; bytes: number }[] = [];
    const finished = (id: number) => {
      const left = (ringEvents.get(id) as number) - 1;
      ringEvents.set(id, left);
      const bytes = rings.get(id) as number;
      if (left === 0 && held.delete(id)) closing.push({ buffer: id, bytes });
    };

    for (const [output, write] of table.writes.entries()) {
      const id = write.value;
      const capacity = rings.get(id);
      const [begin, end] = [write.begin[event] as number, write.end[event] as number];
      if (capacity === undefined) {
        const stays = stillNeeded(values.get(id) as SegmentValue, write.frontier[event + 1] as number);
        held.set(id, stays.begin, stays.end);
        if (end > begin) writes.push({ buffer: id, begin, end, isBlock: false, output });
      } else {
        if (!held.has(id) && end > begin) {
          held.set(id, 0, capacity);
          writes.push({ buffer: id, begin: 0, end: capacity, isBlock: true, output });
        }
        finished(id);
      }
    }

    for (const read of merged(table.reads, event, reverse)) {
      const id = read.value;
      if (rings.has(id)) {
        finished(id);
        continue;
      }
      const value = values.get(id) as SegmentValue;
      const stays = stillNeeded(value, writtenOf(value));
      held.set(id, stays.begin, stays.end);
      if (read.end <= read.begin) continue;
      const low = { begin: read.begin, end: stays.end > stays.begin ? Math.min(read.end, stays.begin) : read.end };
      const high = { begin: stays.end > stays.begin ? Math.max(read.begin, stays.end) : read.end, end: read.end };
      if (low.end <= low.begin && high.end <= high.begin) continue;
      dying.push({ buffer: id, readBegin: read.begin, readEnd: read.end, low, high, overlap: read.overlap });
    }

    const { scratchBytes, scratchKept, scratchOverlap } = table.granule;
    let scratch: EventView['scratch'];
    if (scratchBytes > 0) {
      const buffer = scratchBuffer(valueCount, layer);
      const isLast = event === table.events - 1;
      const survived = scratchKept && isLast && event > 0;
      scratch = { buffer, bytes: scratchBytes, overlap: survived ? scratchOverlap : undefined };
      if (!scratchKept || event === 0) writes.push({ buffer, begin: 0, end: scratchBytes, isBlock: true, output: -1 });
      if (scratchKept && !isLast) held.set(buffer, 0, scratchBytes);
      else held.delete(buffer);
    }
    visit({ layer, writes, dying, closing, scratch, reverse }, index);
  });

  function writtenOf(value: SegmentValue): number {
    if (value.write === undefined) return reverse ? 0 : value.value.bytes;
    return value.write.table.frontier[next[value.write.layer - first] as number] as number;
  }
  /** Of the bytes written up to `frontier`, those from the first to the last that an event to come reads. */
  function stillNeeded(
    { reads, value, laterBegin, laterEnd }: SegmentValue,
    frontier: number,
  ): { begin: number; end: number } {
    let [begin, end] = laterEnd > laterBegin ? [laterBegin, laterEnd] : [Number.POSITIVE_INFINITY, 0];
    for (const { layer, table } of reads) {
      const rest = next[layer - first] as number;
      const [low, high] = [table.restBegin[rest] as number, table.restEnd[rest] as number];
      if (high > low) [begin, end] = [Math.min(begin, low), Math.max(end, high)];
    }
    begin = Math.max(begin, reverse ? frontier : 0);
    end = Math.min(end, reverse ? value.bytes : frontier);
    return end > begin ? { begin, end } : { begin: 0, end: 0 };
  }
}

/** A value read through several slots is read once, in the strictest way. */
function merged(
  reads: readonly ReadTable[],
  event: number,
  reverse: boolean,
): readonly { value: number; begin: number; end: number; overlap: readonly number[] }[] {
  const spans: { value: number; begin: number; end: number; overlap: readonly number[] }[] = [];
  for (const read of reads) {
    const [begin, end] = [read.begin[event] as number, read.end[event] as number];
    const { value, overlap } = read;
    const known = spans.find((span) => span.value === value);
    if (known === undefined || end <= begin) {
      if (known === undefined) spans.push({ value, begin, end, overlap });
      continue;
    }
    if (known.end <= known.begin) {
      Object.assign(known, { begin, end, overlap });
      continue;
    }
    const from = Math.min(known.begin, begin);
    const to = Math.max(known.end, end);
    const closer = (own: number, ownBegin: number, ownEnd: number) => own - (reverse ? to - ownEnd : ownBegin - from);
    const strictest = known.overlap.map((own, output) =>
      Math.max(closer(own, known.begin, known.end), closer(overlap[output] as number, begin, end)),
    );
    Object.assign(known, { begin: from, end: to, overlap: strictest });
  }
  return spans;
}

/** Bytes in use during an event, a lower bound of the arena; `held` as it is afterwards. */
export function usage(event: EventView, held: LiveBytes): number {
  const { writes, dying, closing, scratch } = event;
  let bytes = held.total;
  for (const { low, high } of dying) bytes += Math.max(0, low.end - low.begin) + Math.max(0, high.end - high.begin);
  for (const block of closing) bytes += block.bytes;
  if (scratch !== undefined && !held.has(scratch.buffer)) bytes += scratch.bytes;
  for (const write of writes) {
    if (write.isBlock) continue;
    const stays = held.buffers.get(write.buffer);
    const kept =
      stays === undefined ? 0 : Math.max(0, Math.min(stays.end, write.end) - Math.max(stays.begin, write.begin));
    bytes += write.end - write.begin - kept;
    bytes -= permittedOverlap(write, event);
  }
  return bytes;
}

/** The most bytes of a write that may lie on bytes its event has finished with. */
function permittedOverlap({ begin, end, output }: Write, { dying, scratch, reverse }: EventView): number {
  const size = end - begin;
  let total = 0;
  for (const { low, high, overlap } of dying) {
    const distance = overlap[output] as number;
    if (distance >= size) continue;
    const side = reverse ? (high.end > high.begin ? high : low) : low.end > low.begin ? low : high;
    total += Math.min(size - distance, Math.max(0, side.end - side.begin));
  }
  if (output === 0 && scratch?.overlap !== undefined) total += Math.min(size - scratch.overlap, scratch.bytes);
  return Math.min(size, total);
}
