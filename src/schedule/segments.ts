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

export function defaultSegmentLimits(layers: number): SegmentLimits {
  return { maxLayers: layers > longModel ? longModelSegment : layers };
}

/**
 * Segments in order that cover all layers. Their largest price is smallest; among such cuts the one that fuses the
 * fewest layers. A dynamic program over prefixes: to price all segments would take the square of the number of layers,
 * so a segment counts as the bytes alive at its two ends, which it cannot go below, until it lies on the best path.
 */
export function cutIntoSegments(
  prices: SegmentPrices,
  { maxLayers, budget = 0 }: SegmentLimits,
): readonly PricedSegment[] {
  const count = prices.problem.layers.length;
  for (;;) {
    const path = bestPath(prices, count, maxLayers, budget);
    let priced = true;
    for (const { first, last } of path) {
      if (prices.known(first, last) !== undefined) continue;
      prices.price(first, last);
      priced = false;
    }
    if (priced) return path.map(({ first, last }) => prices.price(first, last));
  }
}

function bestPath(
  prices: SegmentPrices,
  count: number,
  maxLayers: number,
  budget: number,
): { first: number; last: number }[] {
  const best: { bytes: number; fused: number; from: number }[] = [{ bytes: budget, fused: 0, from: 0 }];
  for (let end = 1; end <= count; end++) {
    let chosen: { bytes: number; fused: number; from: number } | undefined;
    for (let first = end - 1; first >= Math.max(0, end - maxLayers); first--) {
      const before = best[first] as { bytes: number; fused: number };
      const own = prices.known(first, end - 1)?.bytes ?? prices.leastPrice(first, end - 1);
      const bytes = Math.max(before.bytes, own);
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
  return path.reverse();
}
