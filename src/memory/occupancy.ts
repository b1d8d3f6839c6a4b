/** What a plan holds in the arena at a given time. */
import type { MemoryPlan, Region } from './types.js';

/** Half-open range of arena bytes. */
export type ByteRange = readonly [begin: number, end: number];

/**
 * Bytes in use while layer `time` runs: its inputs, outputs and scratch and every value kept for later, aliases counted
 * once. Time −1 is the caller writing the inputs, time `order.length` the caller reading the outputs.
 */
export function liveBytesAt(plan: MemoryPlan, time: number): number {
  const tensors = [...plan.tensors.values()].filter(({ first, last }) => first <= time && time <= last);
  const position = plan.order[time];
  const scratch = position === undefined ? undefined : plan.scratch[position];
  const ranges = merge(scratch === undefined ? tensors : [...tensors, scratch]);
  return ranges.reduce((sum, [begin, end]) => sum + end - begin, 0);
}

/**
 * Arena bytes whose content nothing will read when layer `time` is about to run (`order.length`: after the last layer).
 * Tests fill them with garbage. Ascending, disjoint, not empty.
 */
export function deadRanges(plan: MemoryPlan, time: number): readonly ByteRange[] {
  const held = [...plan.tensors.values()].filter(({ first, last }) => first < time && time <= last);
  return complement(plan, held);
}

/** The arena without `regions`. */
function complement(plan: MemoryPlan, regions: readonly Region[]): readonly ByteRange[] {
  const free: ByteRange[] = [];
  let end = 0;
  for (const range of [...merge(regions), [plan.arenaBytes, plan.arenaBytes] as const]) {
    if (range[0] > end) free.push([end, range[0]]);
    end = range[1];
  }
  return free;
}

/**
 * Arena bytes that layer `time` neither reads nor writes and nothing will read, whichever of its events have run.
 * Ascending, disjoint, not empty.
 */
export function idleRanges(plan: MemoryPlan, time: number): readonly ByteRange[] {
  const tensors = [...plan.tensors.values()].filter(({ first, last }) => first <= time && time <= last);
  const scratch = plan.scratch[plan.order[time] ?? -1];
  return complement(plan, scratch === undefined ? tensors : [...tensors, scratch]);
}

/** The union of regions as ascending ranges that do not touch. */
function merge(regions: readonly Region[]): readonly ByteRange[] {
  const merged: [number, number][] = [];
  const sorted = regions.filter((region) => region.bytes > 0).sort((a, b) => a.offset - b.offset);
  for (const { offset, bytes } of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && offset <= previous[1]) previous[1] = Math.max(previous[1], offset + bytes);
    else merged.push([offset, offset + bytes]);
  }
  return merged;
}
