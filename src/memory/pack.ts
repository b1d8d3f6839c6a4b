/**
 * Optimal offsets for buffers with known lifetimes ("dynamic storage allocation"): heuristics first, then an exact
 * branch and bound. The problem, the bound and why the search is complete are stated in README.md.
 */
import { alignUp } from './alignment.js';
import type { Buffer, Packing } from './types.js';

export interface PackOptions {
  /**
   * Search nodes after which the best packing found is returned. A count, not a clock, so that equal input gives equal
   * output on every machine. Default: `defaultNodeLimit`.
   */
  readonly nodeLimit?: number;
}

/** Above this number of buffers the exact search is not worth its time: a node looks at every buffer left. */
const maxSearchedBuffers = 1024;
/** Above this number of buffers only one heuristic order is tried: each costs up to buffers² steps. */
const maxComparedBuffers = 2048;
/** Elementary steps (one buffer in one section) of the whole default search, about one second on a desktop CPU. */
const defaultSearchSteps = 2e8;

/**
 * Nodes that take about a second at worst. A node costs a few steps for every section in which an unplaced buffer is
 * alive; small problems are cut off by node count, to which they rarely get.
 */
export function defaultNodeLimit(buffers: readonly Buffer[]): number {
  const stepsPerNode = sectionsOf(buffers).items.reduce((sum, item) => sum + item.last - item.first + 4, 16);
  return Math.max(100, Math.min(1_000_000, Math.floor(defaultSearchSteps / stepsPerNode)));
}

/** Offsets for `buffers` in the smallest arena found. Deterministic; equal input order gives equal offsets. */
export function pack(buffers: readonly Buffer[], options: PackOptions = {}): Packing {
  const problem = sectionsOf(buffers);
  const lowerBound = lowerBoundOf(problem);
  let best: Placement = { offsets: [], height: Infinity };
  for (const order of heuristicOrders(problem)) {
    const placement = placeLowest(problem, order);
    if (placement.height < best.height) best = placement;
    if (best.height === lowerBound) break;
  }

  let [searchNodes, optimal] = [0, best.height === lowerBound];
  if (!optimal && buffers.length <= maxSearchedBuffers) {
    const result = improve(problem, best, lowerBound, options.nodeLimit ?? defaultNodeLimit(buffers));
    ({ best, nodes: searchNodes, optimal } = result);
  }
  return { offsets: best.offsets, arenaBytes: best.height, lowerBound, optimal, searchNodes };
}

/** Largest sum of bytes alive at one time, with the gaps that alignment forces. */
export function liveBytesBound(buffers: readonly Buffer[]): number {
  return lowerBoundOf(sectionsOf(buffers));
}

/** A buffer in sections: indices into the points of time that matter. */
interface Item {
  readonly index: number;
  readonly align: number;
  /** Largest number of bytes, exact. */
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  /** Bytes in each section from `first` to `last`; absent when they are `bytes` in all of them. */
  readonly profile?: readonly number[];
}

interface Problem {
  readonly items: readonly Item[];
  readonly sections: number;
  /** Smallest alignment: every offset is a multiple of it. */
  readonly grain: number;
}

interface Placement {
  /** By item index. */
  readonly offsets: readonly number[];
  readonly height: number;
}

/**
 * Reduces time to the sections in which something is alive that is not alive, as large, in the section before or
 * after: the other sections constrain nothing more.
 */
function sectionsOf(buffers: readonly Buffer[]): Problem {
  const steps = buffers.map((buffer) => buffer.steps ?? [buffer]);
  const starts = [...new Set(steps.flat().map((step) => step.first))].sort((a, b) => a - b);
  const ends = [...new Set(steps.flat().map((step) => step.last))].sort((a, b) => a - b);
  // A set of buffers alive can only be maximal where an end follows a start: keep the last start before each end.
  const times: number[] = [];
  for (let s = 0, e = 0; s < starts.length; s++) {
    while (e < ends.length && ends[e] < starts[s]) e++;
    const next = starts[s + 1];
    if (next === undefined || ends[e] < next) times.push(starts[s]);
  }
  const firstSectionFrom = (time: number) => lowerIndex(times, time);
  const items = buffers.map((buffer, index): Item => {
    const first = firstSectionFrom(buffer.first);
    const last = firstSectionFrom(buffer.last + 1) - 1;
    const { align, bytes } = buffer;
    if (buffer.steps === undefined || buffer.steps.length === 1) return { index, align, bytes, first, last };
    const profile = buffer.steps.flatMap((step) =>
      new Array<number>(firstSectionFrom(step.last + 1) - firstSectionFrom(step.first)).fill(step.bytes),
    );
    return { index, align, bytes, first, last, profile };
  });
  const grain = buffers.reduce((grain, buffer) => Math.min(grain, buffer.align), buffers[0]?.align ?? 1);
  return { items, sections: times.length, grain };
}

/** Index of the first element that is not below `value`. */
function lowerIndex(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bytesIn(item: Item, section: number): number {
  return item.profile === undefined ? item.bytes : item.profile[section - item.first];
}

/**
 * Offsets are multiples of the grain, so each buffer alive occupies its bytes rounded up to the grain, except the
 * topmost, which may end unrounded.
 */
function lowerBoundOf({ items, sections, grain }: Problem): number {
  const sums = new Float64Array(sections);
  const slacks = new Float64Array(sections);
  for (const item of items) {
    for (let s = item.first; s <= item.last; s++) {
      const bytes = bytesIn(item, s);
      const rounded = alignUp(bytes, grain);
      sums[s] += rounded;
      slacks[s] = Math.max(slacks[s], rounded - bytes);
    }
  }
  return sums.reduce((bound, sum, s) => Math.max(bound, sum - slacks[s]), 0);
}

/// Heuristics ///

/** Orders in which placing each buffer as low as possible often gives a good packing. */
function* heuristicOrders({ items }: Problem): Generator<readonly Item[]> {
  const length = (item: Item) => item.last - item.first + 1;
  const orders: ((a: Item, b: Item) => number)[] = [
    (a, b) => b.bytes - a.bytes || length(b) - length(a),
    (a, b) => b.bytes * length(b) - a.bytes * length(a),
    (a, b) => a.first - b.first || b.bytes - a.bytes,
    (a, b) => length(b) - length(a) || b.bytes - a.bytes,
    (a, b) => b.last - a.last || b.bytes - a.bytes,
  ];
  const affordable = items.length <= maxComparedBuffers ? orders : orders.slice(0, 1);
  for (const compare of affordable) yield items.toSorted((a, b) => compare(a, b) || a.index - b.index);
}

/** Largest number of bytes of `item` while `other` is alive. */
function bytesDuring(item: Item, other: Item): number {
  if (item.profile === undefined) return item.bytes;
  let bytes = 0;
  const last = Math.min(item.last, other.last);
  for (let s = Math.max(item.first, other.first); s <= last; s++) bytes = Math.max(bytes, bytesIn(item, s));
  return bytes;
}

/** Places the items in the given order, each at the lowest offset free during its lifetime. */
function placeLowest({ items }: Problem, order: readonly Item[]): Placement {
  const offsets = new Array<number>(items.length).fill(0);
  const placed: Item[] = [];
  let height = 0;
  for (const item of order) {
    const rivals = placed.filter((other) => other.first <= item.last && item.first <= other.last);
    const offset = lowestFree(item, rivals, offsets);
    offsets[item.index] = offset;
    height = Math.max(height, offset + item.bytes);
    const position = lowerIndexBy(placed, (other) => offsets[other.index] - offset);
    placed.splice(position, 0, item);
  }
  return { offsets, height };
}

/** The lowest offset at which `item` meets none of `rivals`, which are sorted by offset. */
function lowestFree(item: Item, rivals: readonly Item[], offsets: readonly number[]): number {
  let offset = 0;
  let moved: boolean;
  do {
    moved = false;
    for (const rival of rivals) {
      const rivalOffset = offsets[rival.index];
      if (rivalOffset >= offset + item.bytes) break;
      const end = rivalOffset + bytesDuring(rival, item);
      if (end > offset && rivalOffset < offset + bytesDuring(item, rival)) {
        offset = alignUp(end, item.align);
        moved = true;
      }
    }
    // An item with a profile may have passed beneath an earlier rival; from its new offset it may meet that one.
  } while (moved && item.profile !== undefined);
  return offset;
}

/** Index of the first element for which `compare` is not negative, in a list sorted accordingly. */
function lowerIndexBy<T>(sorted: readonly T[], compare: (element: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/// Exact search ///

/** Searches for lower placements until the best is proven optimal or `nodeLimit` is spent. */
function improve(
  problem: Problem,
  start: Placement,
  lowerBound: number,
  nodeLimit: number,
): { best: Placement; nodes: number; optimal: boolean } {
  let best = start;
  let nodes = 0;
  /** No placement is below `proven`; one below `doubtful` was looked for in vain. */
  let [proven, doubtful] = [lowerBound, lowerBound];
  const rankings = searchRankings(problem);
  // The bound is usually attainable, so it is tried first, each ranking with a share of the nodes.
  let target = lowerBound;
  while (proven < best.height && nodes < nodeLimit) {
    let answer: Answer = 'unknown';
    for (const [i, ranking] of rankings.entries()) {
      const share = Math.ceil((nodeLimit - nodes) / (2 * rankings.length - i));
      const result = placeWithin(problem, ranking, target, share);
      nodes += result.nodes;
      answer = result.answer;
      if (answer === 'found') best = { offsets: result.offsets, height: heightOf(problem, result.offsets) };
      if (answer !== 'unknown') break;
    }
    if (answer === 'impossible') proven = target + 1;
    if (answer !== 'found') doubtful = target + 1;
    // When every height below the best was looked for in vain, the rest of the nodes gives them a longer second look.
    if (doubtful < proven || doubtful >= best.height) doubtful = proven;
    target = Math.floor((doubtful + best.height - 1) / 2);
  }
  return { best, nodes, optimal: proven >= best.height };
}

function heightOf({ items }: Problem, offsets: readonly number[]): number {
  return items.reduce((height, item) => Math.max(height, offsets[item.index] + item.bytes), 0);
}

/** For each item its rank among items that could be placed at the same offset; lower ranks are tried first. */
function searchRankings({ items }: Problem): readonly (readonly number[])[] {
  const length = (item: Item) => item.last - item.first + 1;
  const keys: ((item: Item) => number)[] = [
    (item) => item.bytes * length(item),
    (item) => length(item),
    (item) => item.bytes,
  ];
  return keys.map((key) => {
    const rank = new Array<number>(items.length);
    const sorted = items.toSorted((a, b) => key(b) - key(a) || a.index - b.index);
    for (const [position, item] of sorted.entries()) rank[item.index] = position;
    return rank;
  });
}

type Answer = 'found' | 'impossible' | 'unknown';

/**
 * Looks for a placement of at most `capacity` bytes, placing items in the order of their offsets (see README.md).
 * `unknown` when `nodeLimit` ended the search.
 */
function placeWithin(
  { items, sections, grain }: Problem,
  rank: readonly number[],
  capacity: number,
  nodeLimit: number,
): { answer: Answer; nodes: number; offsets: readonly number[] } {
  const offsets = new Array<number>(items.length).fill(0);
  /** Top of what is placed in each section, and rounded bytes still to be placed. */
  const floor = new Float64Array(sections);
  const remaining = new Float64Array(sections);
  for (const item of items) {
    for (let s = item.first; s <= item.last; s++) remaining[s] += alignUp(bytesIn(item, s), grain);
  }
  const roundedCapacity = alignUp(capacity, grain);
  const lowest = new Float64Array(items.length);
  const reach = new Float64Array(sections);
  const placed = new Uint8Array(items.length);
  const twin = lowerTwins(items);
  let nodes = 0;

  const lowestOffset = (item: Item): number => {
    let top = 0;
    for (let s = item.first; s <= item.last; s++) if (floor[s] > top) top = floor[s];
    return alignUp(top, item.align);
  };

  /** Places all of `open`, which are sorted by `first`, at or after `previous` in the order (offset, index). */
  const placeAll = (open: readonly Item[], previousOffset: number, previousIndex: number): boolean => {
    if (open.length === 0) return true;
    const [from, to] = [open[0].first, open.reduce((last, item) => Math.max(last, item.last), 0)];

    // The lowest offset still possible for each item, and what that means for each section.
    reach.fill(Infinity, from, to + 1);
    let lowestEnd = Infinity;
    for (const item of open) {
      const offset = lowestOffset(item);
      lowest[item.index] = offset;
      lowestEnd = Math.min(lowestEnd, offset + item.bytes);
      const bound = Math.max(offset, previousOffset);
      if (bound + item.bytes > capacity) return false;
      for (let s = item.first; s <= item.last; s++) if (bound < reach[s]) reach[s] = bound;
    }
    for (let s = from; s <= to; s++) {
      if (reach[s] !== Infinity && reach[s] + remaining[s] > roundedCapacity) return false;
    }

    // Nothing may be placed so high that another item fits entirely beneath: that item would come first.
    const candidates = open
      .filter((item) => {
        const offset = lowest[item.index];
        const inOrder = offset > previousOffset || (offset === previousOffset && item.index > previousIndex);
        const other = twin[item.index];
        return inOrder && offset < lowestEnd && (other === undefined || placed[other] === 1);
      })
      .map((item) => ({ item, offset: lowest[item.index] }))
      .sort((a, b) => a.offset - b.offset || rank[a.item.index] - rank[b.item.index]);
    if (candidates.length === 0) return false;

    const [savedFloor, savedRemaining] = [floor.slice(from, to + 1), remaining.slice(from, to + 1)];
    for (const { item, offset } of candidates) {
      if (nodes >= nodeLimit) return false;
      nodes++;
      offsets[item.index] = offset;
      placed[item.index] = 1;
      for (let s = item.first; s <= item.last; s++) {
        const bytes = bytesIn(item, s);
        floor[s] = offset + bytes;
        remaining[s] -= alignUp(bytes, grain);
      }
      const rest = open.filter((other) => other !== item);
      if (components(rest).every((component) => placeAll(component, offset, item.index))) return true;
      floor.set(savedFloor, from);
      remaining.set(savedRemaining, from);
      for (const other of open) placed[other.index] = 0;
    }
    return false;
  };

  const sorted = items.toSorted((a, b) => a.first - b.first || a.index - b.index);
  const found = components(sorted).every((component) => placeAll(component, 0, -1));
  return { answer: found ? 'found' : nodes >= nodeLimit ? 'unknown' : 'impossible', nodes, offsets };
}

/**
 * For each item the item of the next lower index with the same size and lifetime. Such twins could exchange places, so
 * the search may insist that the one with the lower index lies lower.
 */
function lowerTwins(items: readonly Item[]): readonly (number | undefined)[] {
  const latest = new Map<string, number>();
  return items.map(({ index, bytes, align, first, last, profile }) => {
    const key = `${bytes} ${align} ${first} ${last} ${profile?.join() ?? ''}`;
    const twin = latest.get(key);
    latest.set(key, index);
    return twin;
  });
}

/** Splits items sorted by `first` where no lifetime crosses: the parts do not influence each other. */
function components(sorted: readonly Item[]): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  let end = -1;
  for (const item of sorted) {
    if (item.first > end) parts.push([]);
    parts[parts.length - 1].push(item);
    end = Math.max(end, item.last);
  }
  return parts;
}
