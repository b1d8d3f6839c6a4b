/** A plan in the making: segments, what they hold when, and offsets for it. */
import type { Granule } from '../memory/access.js';
import { minimumAlignment } from '../memory/alignment.js';
import { LiveBytes, scratchBuffer, usage, walkSegment } from '../memory/liveness.js';
import { type Block, blocksAbove, type Packing, pack } from '../memory/offsets.js';
import { addEvent, PairDistances } from '../memory/pairs.js';
import type { Segment, SegmentEvents, SegmentPrices } from './segment-prices.js';

export interface Draft {
  readonly prices: SegmentPrices;
  readonly segments: readonly (Segment & SegmentEvents & { readonly bytes: number })[];
  readonly lowerBound: number;
  readonly peakEvent: number;
  readonly packing: Packing;
  /** By buffer: values by number, then scratch by layer. Absent when a buffer has no bytes. */
  readonly buffers: ReadonlyMap<number, DraftBuffer>;
  /** Buffers that end above the bound, and those that keep them there. */
  readonly above: ReadonlySet<number>;
}

export interface DraftBuffer extends Block {
  readonly offset: number;
  readonly buffer: number;
}

/** Gives all that the segments hold its place. `nodeLimit` as in `PackOptions`. */
export function draftPlan(prices: SegmentPrices, segments: readonly Segment[], nodeLimit?: number): Draft {
  const { problem, granules } = prices;
  const { values, layers } = problem;
  const pairs = new PairDistances(values.length + layers.length);
  const held = new LiveBytes();
  const spans = new Map<number, { first: number; last: number }>();
  const touch = (buffer: number, event: number) => {
    const span = spans.get(buffer);
    if (span === undefined) spans.set(buffer, { first: event, last: event });
    else span.last = event;
  };

  let [lowerBound, peakEvent] = [0, -1];
  const inputs = values.filter(({ writer }) => writer === undefined);
  for (const value of inputs) {
    const need = prices.later(value, -1);
    held.set(value.id, need.begin, need.end);
  }
  for (const value of inputs) lowerBound += value.bytes;
  addEvent(
    pairs,
    {
      layer: -1,
      writes: inputs.map(({ id, bytes }, output) => ({ buffer: id, begin: 0, end: bytes, isBlock: false, output })),
      ...{ dying: [], closing: [], scratch: undefined, reverse: false },
    },
    held,
  );
  for (const { id } of inputs) touch(id, -1);

  const capacities = new Map<number, number>();
  let time = 0;
  const drafted = segments.map((segment) => {
    const events = prices.events(segment);
    for (const [id, capacity] of events.run.rings) capacities.set(id, capacity);
    let bytes = 0;
    walkSegment(events.run, events.values, values.length, held, (event) => {
      addEvent(pairs, event, held);
      const used = usage(event, held);
      if (used > bytes) bytes = used;
      if (used > lowerBound) [lowerBound, peakEvent] = [used, time];
      for (const { buffer } of event.writes) touch(buffer, time);
      for (const { buffer } of event.dying) touch(buffer, time);
      for (const { buffer } of event.closing) touch(buffer, time);
      if (event.scratch !== undefined) touch(event.scratch.buffer, time);
      time++;
    });
    return { ...segment, ...events, bytes };
  });
  for (const { id, isOutput } of values) if (isOutput) touch(id, time);

  const sized = [
    ...values.map(({ id, bytes, align }) => ({ buffer: id, bytes: capacities.get(id) ?? bytes, align })),
    ...layers.map((_, layer) => ({
      buffer: scratchBuffer(values.length, layer),
      bytes: (granules[layer] as Granule).scratchBytes,
      align: minimumAlignment,
    })),
  ].filter(({ bytes }) => bytes > 0);
  for (const { bytes } of sized) lowerBound = Math.max(lowerBound, bytes);
  const blocks = sized.map((block) => ({ ...block, ...(spans.get(block.buffer) ?? { first: 0, last: 0 }) }));
  const distances = pairs.select(blocks.map(({ buffer }) => buffer));
  const packing = pack(blocks, distances, { lowerBound, ...(nodeLimit !== undefined && { nodeLimit }) });
  const above = blocksAbove(blocks, distances, packing.offsets, lowerBound);
  const buffers = new Map(
    blocks.map((block, i) => [block.buffer, { ...block, offset: packing.offsets[i] as number }] as const),
  );
  return {
    prices,
    segments: drafted,
    lowerBound,
    peakEvent,
    packing,
    buffers,
    above: new Set([...above].map((i) => blocks[i]?.buffer ?? -1)),
  };
}

/** Most tries to improve a plan that is above its bound; each plans everything again. */
const maxTrials = 40;
/** Events times tries that refinement may cost. */
const trialEvents = 200_000;
/** Search nodes for one try. */
const trialNodes = 200;

/**
 * While offsets stay above the bound of the first draft, changes segments that touch what lies above it: the other
 * direction, joined with the next, cut in two, a boundary moved. Of all other directions the best is taken, of the rest
 * the first that is better.
 */
export function refine(start: Draft, maxLayers: number): Draft {
  const target = start.lowerBound;
  const events = start.segments.reduce((sum, { run }) => sum + run.order.length, 0);
  let trials = Math.min(maxTrials, Math.ceil(trialEvents / Math.max(1, events)));
  const seen = new Set<string>();
  let best = start;
  const attempt = (segments: readonly Segment[]): Draft | undefined => {
    const key = segments.map(({ first, reverse }) => `${first}${reverse ? 'r' : ''}`).join();
    if (seen.has(key) || trials === 0) return undefined;
    seen.add(key);
    if (segments.some(({ first, last, reverse }) => reverse && !best.prices.canReverse(first, last))) return undefined;
    const priced = segments.map((segment) => best.prices.priceOf(segment).bytes);
    if (Math.max(...priced) >= best.packing.arenaBytes) return undefined;
    trials--;
    const draft = draftPlan(best.prices, segments, trialNodes);
    return draft.packing.arenaBytes < best.packing.arenaBytes ? draft : undefined;
  };
  for (let improved = true; improved && trials > 0 && best.packing.arenaBytes - target >= minimumAlignment; ) {
    const from = best;
    improved = false;
    for (const segments of otherDirections(from, target)) {
      best = attempt(segments) ?? best;
      if (best.packing.arenaBytes - target < minimumAlignment) return best;
    }
    improved = best !== from;
    if (improved) continue;
    for (const segments of otherCuts(from, target, maxLayers)) {
      best = attempt(segments) ?? best;
      improved = best !== from;
      if (improved) break;
    }
  }
  return best;
}

/** Segments that touch what lies above `target` bytes, by position. */
function touchedSegments({ segments, buffers, above }: Draft, target: number): readonly number[] {
  const high = [...buffers.values()].filter(
    ({ buffer, offset, bytes }) => above.has(buffer) || offset + bytes > target,
  );
  let time = 0;
  return segments.flatMap(({ run, values }, i) => {
    const end = time + run.order.length;
    const meets = high.some(({ buffer, first, last }) => values.has(buffer) || (first >= time && last < end));
    time = end;
    return meets ? [i] : [];
  });
}

function plainSegments({ segments }: Draft): readonly Segment[] {
  return segments.map(({ first, last, reverse }) => ({ first, last, reverse }));
}

function* otherDirections(draft: Draft, target: number): Generator<readonly Segment[]> {
  const plain = plainSegments(draft);
  for (const i of touchedSegments(draft, target)) {
    const { first, last, reverse } = plain[i] as Segment;
    if (reverse || draft.prices.canReverse(first, last)) yield spliced(plain, i, 1, { first, last, reverse: !reverse });
  }
}

function* otherCuts(draft: Draft, target: number, maxLayers: number): Generator<readonly Segment[]> {
  const plain = plainSegments(draft);
  for (const i of touchedSegments(draft, target)) {
    const { first, last, reverse } = plain[i] as Segment;
    const next = plain[i + 1];
    if (next !== undefined && next.last - first < maxLayers) {
      yield spliced(plain, i, 2, { first, last: next.last, reverse: false });
      if (draft.prices.canReverse(first, next.last)) {
        yield spliced(plain, i, 2, { first, last: next.last, reverse: true });
      }
    }
    if (next !== undefined && last > first) {
      yield spliced(plain, i, 2, { first, last: last - 1, reverse }, { ...next, first: last });
    }
    if (next !== undefined && next.last > next.first && last + 1 - first < maxLayers) {
      yield spliced(plain, i, 2, { first, last: last + 1, reverse }, { ...next, first: last + 2 });
    }
    for (let cut = first; cut < last; cut++) {
      yield spliced(plain, i, 1, { first, last: cut, reverse }, { first: cut + 1, last, reverse });
    }
  }
}

function spliced(segments: readonly Segment[], from: number, count: number, ...by: Segment[]): readonly Segment[] {
  return [...segments.slice(0, from), ...by, ...segments.slice(from + count)];
}
