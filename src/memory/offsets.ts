/** Offsets for buffers whose distances are restricted in pairs; README.md states the problem and why this is complete. */
import { alignUp } from './alignment.js';
import type { PairDistances } from './pairs.js';

export interface Block {
  /** > 0 */
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  /** First and last event at which it is alive; the heuristics place buffers in orders of these. */
  readonly first: number;
  readonly last: number;
}

export interface Packing {
  /** In the order of the blocks. */
  readonly offsets: readonly number[];
  readonly arenaBytes: number;
  /** Whether no packing of these blocks is smaller. */
  readonly optimal: boolean;
  /** Nodes of the exact search; 0 when a heuristic met the bound. */
  readonly searchNodes: number;
}

export interface PackOptions {
  /** No arena is smaller: the search ends when it is met. */
  readonly lowerBound: number;
  /**
   * Search nodes after which the best packing found is returned; 0 leaves out the search. A count, not a clock, so that
   * equal input gives equal output on every machine. Default: `defaultNodeLimit`.
   */
  readonly nodeLimit?: number;
}

/** The restriction of one buffer's offset p by another buffer at q: not q + low < p < q + high. */
interface Neighbour {
  readonly other: number;
  readonly low: number;
  readonly high: number;
}

interface Problem {
  readonly blocks: readonly Block[];
  readonly neighbours: readonly (readonly Neighbour[])[];
}

interface Placement {
  readonly offsets: readonly number[];
  readonly height: number;
}

/** How often the highest buffer is moved forward in one order; less often in a search that is limited in nodes. */
const maxMoves = 48;
const maxQuickMoves = 6;
/** Above this number of buffers one order is tried, without moves. */
const maxComparedBlocks = 2048;
/** Above this number of pairs the exact search is not worth its time: a node looks at many of them. */
const maxSearchedPairs = 60_000;
/** Nodes of the default search. */
const defaultNodes = 20_000;
/** Pairs that the default search looks at, a fraction of a second on a desktop CPU. */
const defaultSteps = 4_000_000;
/** Pairs for each node of a search limited in nodes. */
const stepsPerNode = 2_000;
/** A gap of this part of the arena is worth a proof, not a search. */
const smallGap = 1 / 256;
const smallGapNodes = 64;

/** Offsets in the smallest arena found. Deterministic. */
export function pack(blocks: readonly Block[], pairs: PairDistances, options: PackOptions): Packing {
  const neighbours: Neighbour[][] = blocks.map(() => []);
  let pairCount = 0;
  pairs.forEach((from, to, { low, high }) => {
    pairCount++;
    neighbours[to]?.push({ other: from, low, high });
    neighbours[from]?.push({ other: to, low: -high, high: -low });
  });
  const problem: Problem = { blocks, neighbours };
  const { lowerBound, nodeLimit = defaultNodes } = options;
  const best = bestOfOrders(problem, lowerBound, options.nodeLimit === undefined ? maxMoves : maxQuickMoves);
  if (best.height <= lowerBound) return result(best, true, 0);
  if (nodeLimit === 0 || pairCount > maxSearchedPairs) return result(best, false, 0);
  const nodes = best.height - lowerBound <= smallGap * best.height ? Math.min(smallGapNodes, nodeLimit) : nodeLimit;
  return improve(problem, best, lowerBound, { nodes, steps: Math.min(defaultSteps, nodes * stepsPerNode) });
}

/**
 * The blocks that end above `limit`, and those that hold them up: each lies as low as another one beneath permits, which
 * belongs to them as well.
 */
export function blocksAbove(
  blocks: readonly Block[],
  pairs: PairDistances,
  offsets: readonly number[],
  limit: number,
): ReadonlySet<number> {
  const above = new Set<number>();
  for (const [index, { bytes }] of blocks.entries()) if (at(offsets, index) + bytes > limit) above.add(index);
  const supports: number[][] = blocks.map(() => []);
  const support = (upper: number, lower: number, distance: number) => {
    const gap = at(offsets, upper) - at(offsets, lower) - distance;
    if (gap >= 0 && gap < at(blocks, upper).align) supports[upper]?.push(lower);
  };
  pairs.forEach((from, to, { low, high }) => {
    support(to, from, high);
    support(from, to, -low);
  });
  for (const index of above) for (const lower of at(supports, index)) above.add(lower);
  return above;
}

function result({ offsets, height }: Placement, optimal: boolean, searchNodes: number): Packing {
  return { offsets, arenaBytes: height, optimal, searchNodes };
}

/** Places buffers in several orders; in each, whatever ends highest is placed earlier, again and again. */
function bestOfOrders(problem: Problem, lowerBound: number, moves: number): Placement {
  const { blocks } = problem;
  let best: Placement = { offsets: [], height: Number.POSITIVE_INFINITY };
  const length = ({ first, last }: Block) => last - first + 1;
  const keys: readonly ((block: Block) => number)[] = [
    (block) => -block.bytes,
    (block) => -block.bytes * length(block),
    (block) => block.first,
    (block) => -length(block),
    (block) => -block.last,
  ];
  const compared = blocks.length > maxComparedBlocks ? keys.slice(0, 1) : keys;
  for (const key of compared) {
    const order = blocks.map((_, index) => index).sort((a, b) => key(at(blocks, a)) - key(at(blocks, b)) || a - b);
    for (let move = 0; move <= moves; move++) {
      const placement = placeLowest(problem, order);
      if (placement.height < best.height) best = placement;
      if (best.height <= lowerBound || blocks.length > maxComparedBlocks) return best;
      const highest = order.reduce((top, index) => (endOf(placement, index) > endOf(placement, top) ? index : top));
      const position = order.indexOf(highest);
      if (position === 0) break;
      order.splice(position, 1);
      order.splice(Math.floor(position / 2), 0, highest);
    }
  }
  return best;

  function endOf({ offsets }: Placement, index: number): number {
    return at(offsets, index) + at(blocks, index).bytes;
  }
}

/** Places each buffer at the lowest offset that those placed before it permit. */
function placeLowest({ blocks, neighbours }: Problem, order: readonly number[]): Placement {
  const offsets = new Array<number>(blocks.length).fill(-1);
  let height = 0;
  for (const index of order) {
    const { bytes, align } = at(blocks, index);
    const list = at(neighbours, index);
    let offset = 0;
    // What is in the way pushes it up, until nothing is
    for (let pushed = true; pushed; ) {
      pushed = false;
      for (const { other, low, high } of list) {
        const base = at(offsets, other);
        if (base < 0 || offset <= base + low || offset >= base + high) continue;
        offset = alignUp(base + high, align);
        pushed = true;
      }
    }
    offsets[index] = offset;
    height = Math.max(height, offset + bytes);
  }
  return { offsets, height };
}

/** What a search may still spend. */
interface Budget {
  nodes: number;
  steps: number;
}

/** Narrows the gap between `lowerBound` and the best placement by deciding "is there one within C bytes?". */
function improve(problem: Problem, start: Placement, lowerBound: number, budget: Budget): Packing {
  let best = start;
  let proven = lowerBound;
  const granted = budget.nodes;
  let limit = lowerBound;
  const grain = problem.blocks.reduce((least, { align }) => Math.min(least, align), Number.POSITIVE_INFINITY);
  while (best.height > proven && budget.nodes > 0 && budget.steps > 0) {
    const answer = findWithin(problem, limit, budget);
    if (answer.placement !== undefined) best = answer.placement;
    else if (answer.complete) proven = limit + 1;
    else break;
    limit = Math.min(best.height - 1, proven + Math.floor((best.height - proven) / (2 * grain)) * grain);
  }
  return result(best, best.height <= proven, granted - budget.nodes);
}

/**
 * Branch and bound over the pairs: each buffer has a lowest and a highest offset, each pair has one of its two above the
 * other. A pair of which only one way is left moves these limits; a pair that the lowest offsets violate is decided both
 * ways, one after the other.
 */
function findWithin(
  { blocks, neighbours }: Problem,
  limit: number,
  budget: Budget,
): { readonly placement?: Placement; readonly complete: boolean } {
  let complete = true;
  const count = blocks.length;
  const lowest = new Float64Array(count);
  const highest = Float64Array.from(blocks, ({ bytes, align }) => alignDown(limit - bytes, align));
  if (highest.some((offset) => offset < 0)) return { complete: true };

  const search = (low: Float64Array, high: Float64Array, changed: readonly number[]): Placement | undefined => {
    if (budget.nodes <= 0 || budget.steps <= 0) {
      complete = false;
      return undefined;
    }
    budget.nodes--;
    const possible = propagate(blocks, neighbours, low, high, changed, budget);
    if (budget.steps <= 0) complete = false;
    if (!possible || budget.steps <= 0) return undefined;
    let open: { index: number; neighbour: Neighbour; slack: number } | undefined;
    for (let index = 0; index < count; index++) {
      for (const neighbour of at(neighbours, index)) {
        if (neighbour.other > index) continue;
        const base = low[neighbour.other] as number;
        const offset = low[index] as number;
        if (offset <= base + neighbour.low || offset >= base + neighbour.high) continue;
        const slack = Math.max(slackAbove(low, high, index, neighbour), slackBelow(low, high, index, neighbour));
        if (open === undefined || slack < open.slack) open = { index, neighbour, slack };
      }
    }
    if (open === undefined) {
      const offsets = [...low];
      return { offsets, height: offsets.reduce((top, offset, i) => Math.max(top, offset + at(blocks, i).bytes), 0) };
    }
    const { index, neighbour } = open;
    const above = () => {
      const [l, h] = [low.slice(), high.slice()];
      l[index] = alignUp((low[neighbour.other] as number) + neighbour.high, at(blocks, index).align);
      h[neighbour.other] = alignDown((high[index] as number) - neighbour.high, at(blocks, neighbour.other).align);
      return search(l, h, [index, neighbour.other]);
    };
    const below = () => {
      const [l, h] = [low.slice(), high.slice()];
      l[neighbour.other] = alignUp((low[index] as number) - neighbour.low, at(blocks, neighbour.other).align);
      h[index] = alignDown((high[neighbour.other] as number) + neighbour.low, at(blocks, index).align);
      return search(l, h, [index, neighbour.other]);
    };
    const aboveFirst = slackAbove(low, high, index, neighbour) >= slackBelow(low, high, index, neighbour);
    return aboveFirst ? (above() ?? below()) : (below() ?? above());
  };
  const placement = search(
    lowest,
    highest,
    blocks.map((_, index) => index),
  );
  return { ...(placement && { placement }), complete: complete || placement !== undefined };
}

/** Room left for `index` to lie above its neighbour; negative when it cannot. */
function slackAbove(
  low: Float64Array,
  high: Float64Array,
  index: number,
  { other, high: distance }: Neighbour,
): number {
  return (high[index] as number) - (low[other] as number) - distance;
}

function slackBelow(low: Float64Array, high: Float64Array, index: number, { other, low: distance }: Neighbour): number {
  return (high[other] as number) + distance - (low[index] as number);
}

/** Draws all conclusions from the limits; false when a buffer has no place left, or the budget is spent. */
function propagate(
  blocks: readonly Block[],
  neighbours: readonly (readonly Neighbour[])[],
  low: Float64Array,
  high: Float64Array,
  changed: readonly number[],
  budget: Budget,
): boolean {
  const queue = [...changed];
  const queued = new Set(queue);
  for (let head = 0; head < queue.length; head++) {
    const index = queue[head] as number;
    queued.delete(index);
    if ((low[index] as number) > (high[index] as number)) return false;
    const { align } = at(blocks, index);
    budget.steps -= at(neighbours, index).length;
    if (budget.steps <= 0) return false;
    for (const neighbour of at(neighbours, index)) {
      const { other } = neighbour;
      const above = slackAbove(low, high, index, neighbour) >= 0;
      const below = slackBelow(low, high, index, neighbour) >= 0;
      if (above === below) {
        if (above) continue;
        return false;
      }
      const otherAlign = at(blocks, other).align;
      const before = [low[index], high[index], low[other], high[other]] as [number, number, number, number];
      if (above) {
        low[index] = Math.max(before[0], alignUp(before[2] + neighbour.high, align));
        high[other] = Math.min(before[3], alignDown(before[1] - neighbour.high, otherAlign));
      } else {
        low[other] = Math.max(before[2], alignUp(before[0] - neighbour.low, otherAlign));
        high[index] = Math.min(before[1], alignDown(before[3] + neighbour.low, align));
      }
      if ((low[index] as number) > (high[index] as number)) return false;
      if ((low[other] as number) > (high[other] as number)) return false;
      if ((low[other] !== before[2] || high[other] !== before[3]) && !queued.has(other)) {
        queue.push(other);
        queued.add(other);
      }
      if ((low[index] !== before[0] || high[index] !== before[1]) && !queued.has(index)) {
        queue.push(index);
        queued.add(index);
      }
    }
  }
  return true;
}

function alignDown(value: number, align: number): number {
  return Math.floor(value / align) * align;
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}
