/** Which layers run interleaved: the cut of a layer sequence into segments whose fullest event is smallest. */
import type { PricedSegment, SegmentPrices } from './segment-prices.js';

export interface SegmentLimits {
  /** Most layers of a segment. */
  readonly maxLayers: number;
  /** Bytes that may be used anyway: segments that need no more count as equal. Default 0. */
  readonly budget?: number;
}

/** Above this many layers segments are short, so that planning time grows linearly. */
const longModel = 100;
const longModelSegment = 30;
const shortSegment = 10;
/** Events that pricing may walk through, all segments together: a fraction of a second. */
const minPricedEvents = 150_000;
const pricedRounds = 10;

export function defaultSegmentLimits(layers: number): SegmentLimits {
  return { maxLayers: layers > longModel ? longModelSegment : layers };
}

/**
 * Segments in order that cover all layers. Their largest price is smallest; among such cuts, of the segments that were
 * priced, the one that fuses the fewest layers. A dynamic program over prefixes: to price all segments would take the
 * square of the number of layers, so a segment counts as the bytes alive at its two ends, which it cannot go below, and
 * is priced when it lies on the best path; until no path can be better than the best one of priced segments, or pricing has
 * gone on for long enough, counted in events.
 */
export function cutIntoSegments(
  prices: SegmentPrices,
  { maxLayers, budget = 0 }: SegmentLimits,
): readonly PricedSegment[] {
  let events = 0;
  for (const { access } of prices.granules) events += access.events;
  const maxEvents = Math.max(minPricedEvents, pricedRounds * events);
  // Short segments first: they cost little to price, and what they show spares many long ones
  for (const length of [shortSegment, longModelSegment]) {
    if (length >= maxLayers) break;
    const found = cutWithin(prices, length, budget, maxEvents);
    if (found.isSpent) return found.segments;
  }
  return cutWithin(prices, maxLayers, budget, maxEvents).segments;
}

function cutWithin(prices: SegmentPrices, maxLayers: number, budget: number, maxEvents: number) {
  const count = prices.problem.layers.length;
  const hopeful = (first: number, last: number) => prices.known(first, last)?.bytes ?? prices.leastPrice(first, last);
  const certain = (first: number, last: number) =>
    prices.known(first, last)?.bytes ?? (first === last ? prices.price(first, last).bytes : Number.POSITIVE_INFINITY);
  for (;;) {
    const possible = bestPath(count, maxLayers, budget, hopeful);
    const found = bestPath(count, maxLayers, budget, certain);
    const isSpent = prices.pricedEvents > maxEvents;
    if (found.bytes <= possible.bytes || isSpent) {
      return { isSpent, segments: found.path.map(({ first, last }) => prices.price(first, last)) };
    }
    for (const { first, last } of possible.path) prices.price(first, last);
  }
}

function bestPath(
  count: number,
  maxLayers: number,
  budget: number,
  priceOf: (first: number, last: number) => number,
): { readonly bytes: number; readonly path: readonly { readonly first: number; readonly last: number }[] } {
  const best: { bytes: number; fused: number; from: number }[] = [{ bytes: budget, fused: 0, from: 0 }];
  for (let end = 1; end <= count; end++) {
    let chosen: { bytes: number; fused: number; from: number } | undefined;
    for (let first = end - 1; first >= Math.max(0, end - maxLayers); first--) {
      const before = best[first] as { bytes: number; fused: number };
      const bytes = Math.max(before.bytes, priceOf(first, end - 1));
      const fused = before.fused + end - 1 - first;
      if (chosen === undefined || bytes < chosen.bytes || (bytes === chosen.bytes && fused < chosen.fused)) {
        chosen = { bytes, fused, from: first };
      }
    }
    best.push(chosen as { bytes: number; fused: number; from: number });
  }
  const path: { first: number; last: number }[] = [];
  for (let end = count; end > 0; ) {
    const { from } = best[end] as { from: number };
    path.push({ first: from, last: end - 1 });
    end = from;
  }
  return { bytes: (best[count] as { bytes: number }).bytes, path: path.reverse() };
}
