/** Which granule each layer runs with: candidates from fast to small, and the fastest within a budget. */
import type { Granule } from '../memory/access.js';
import type { MemoryProblem } from '../memory/values.js';
import { type Draft, draftPlan, refine } from './draft.js';
import { type EventTables, type Segment, SegmentPrices } from './segment-prices.js';

/** Granules by layer. */
export type GranuleChoice = readonly Granule[];

/** Instructions of a step of an interleaved segment: the loop over the row order and its branch. */
const instructionsPerEvent = 12;
/** Search nodes for the offsets of one try. */
const trialNodes = 200;
/** Most tries of faster granules. */
const maxTrials = 40;
/** Most tries to make layers faster that need other directions; each plans everything again. */
const maxTurns = 24;
/** Most changes that are priced for that. */
const maxPricedChanges = 200;

/** The granules that `pick` finds, else the layer's preferred one. */
function choose(problem: MemoryProblem, pick: (granules: readonly Granule[]) => Granule | undefined): GranuleChoice {
  return problem.layers.map(({ granules }) => pick(granules) ?? preferred(granules));
}

function preferred(granules: readonly Granule[]): Granule {
  const [first] = granules;
  if (first === undefined) throw new RangeError('a layer has no granule');
  return first;
}

export function fastestGranules(problem: MemoryProblem): GranuleChoice {
  return choose(problem, () => undefined);
}

/** The smallest events first. */
function finest(granules: readonly Granule[], admitted: (granule: Granule) => boolean): readonly Granule[] {
  return granules.filter(admitted).sort((a, b) => b.access.events - a.access.events);
}

/** Rows as small as the kernels offer, with and without accumulators. */
export function rowGranules(problem: MemoryProblem): readonly GranuleChoice[] {
  const rows = (granules: readonly Granule[]) => finest(granules, ({ kind }) => kind === 'rows');
  return distinct([
    choose(problem, (granules) => rows(granules).find(({ scratchKept }) => scratchKept) ?? rows(granules)[0]),
    choose(problem, (granules) => rows(granules).find(({ scratchKept }) => !scratchKept)),
  ]);
}

/** Groups of pixels: for each size that some layer offers, the layers' closest from above. */
export function pixelGranules(problem: MemoryProblem): readonly GranuleChoice[] {
  const sizes = new Set<number>();
  for (const { granules } of problem.layers) {
    for (const { kind, size } of granules) if (kind === 'pixels') sizes.add(size);
  }
  return distinct(
    [...sizes]
      .sort((a, b) => b - a)
      .map((least) =>
        choose(problem, (granules) => {
          const fine = finest(granules, ({ kind, size }) => kind === 'rows' || (kind === 'pixels' && size >= least));
          return fine.find(({ scratchKept }) => scratchKept) ?? fine[0];
        }),
      ),
  );
}

function distinct(choices: readonly GranuleChoice[]): readonly GranuleChoice[] {
  return choices.filter(
    (choice, i) => !choices.slice(0, i).some((other) => other.every((granule, layer) => granule === choice[layer])),
  );
}

/** Estimated instructions of one inference. */
export function estimatedInstructions({ prices: { problem, granules }, segments }: Draft): number {
  const kernels = problem.layers.reduce((sum, { work }, layer) => sum + work * (granules[layer]?.cost ?? 1), 0);
  const fused = segments.filter(({ first, last }) => last > first);
  return kernels + fused.reduce((sum, { run }) => sum + run.order.length * instructionsPerEvent, 0);
}

/**
 * Gives layers of a plan faster granules where the arena stays within `budget`, those that save most first. Segments
 * stay as they are.
 */
export function withFasterGranules(start: Draft, tables: EventTables, budget: number): Draft {
  const { problem } = start.prices;
  const plain = start.segments.map(({ first, last, reverse }) => ({ first, last, reverse }));
  const offers = problem.layers
    .flatMap(({ granules, work }, layer) => {
      const current = start.prices.granules[layer] as Granule;
      const faster = granules.filter(({ cost }) => cost < current.cost);
      return faster.map((granule) => ({ layer, granule, saving: work * (current.cost - granule.cost) }));
    })
    .sort((a, b) => b.saving - a.saving || a.layer - b.layer);
  let best = start;
  let trials = maxTrials;
  const changed = new Set<number>();
  const priced = (granules: GranuleChoice, layer: number): boolean => {
    const segment = plain.find(({ first, last }) => first <= layer && layer <= last) as Segment;
    return new SegmentPrices(problem, granules, tables).priceOf(segment).bytes <= budget;
  };
  const attempt = (list: typeof offers): void => {
    const unique = list.filter(({ layer }) => !changed.has(layer));
    if (unique.length === 0 || trials === 0) return;
    trials--;
    const granules = [...best.prices.granules];
    for (const { layer, granule } of unique) granules[layer] = granule;
    const segments = plain.filter(
      ({ reverse, first, last }) => reverse && granules.slice(first, last + 1).some(({ access }) => !access.reversible),
    );
    if (segments.length === 0) {
      const draft = draftPlan(new SegmentPrices(problem, granules, tables), plain, trialNodes);
      if (draft.packing.arenaBytes <= budget) {
        best = draft;
        for (const { layer } of unique) changed.add(layer);
        return;
      }
    }
    if (unique.length === 1) return;
    const half = Math.ceil(unique.length / 2);
    attempt(unique.slice(0, half));
    attempt(unique.slice(half));
  };
  const alone = offers.filter(({ layer, granule }) => {
    const granules = [...start.prices.granules];
    granules[layer] = granule;
    return priced(granules, layer);
  });
  // a layer that cannot have its fastest granule may have one between
  for (let rest = alone; rest.length > 0 && trials > 0; ) {
    const open = rest.filter(({ layer }) => !changed.has(layer));
    const fastest = open.filter(({ layer }, i) => open.findIndex((offer) => offer.layer === layer) === i);
    attempt(fastest);
    rest = open.filter((offer) => !fastest.includes(offer));
  }
  return withFasterDirections(best, tables, budget);
}

/** A granule for a layer. */
interface Change {
  readonly layer: number;
  readonly granule: Granule;
}

/**
 * As `withFasterGranules` with segments free to turn: parts of several rows often fit only in the other direction. Two
 * layers may change at a time, one to a faster granule and the other to one that goes with it.
 */
function withFasterDirections(start: Draft, tables: EventTables, budget: number): Draft {
  let best = start;
  let turns = maxTurns;
  for (let improved = true; improved && turns > 0; ) {
    improved = false;
    for (const changes of changesOf(best)) {
      const prices = changedPrices(best, tables, changes, budget);
      if (prices === undefined) continue;
      if (turns-- <= 0) break;
      const draft = turned(best, prices);
      if (draft.packing.arenaBytes > budget) continue;
      best = draft;
      improved = true;
      break;
    }
  }
  return best;
}

/** A granule for a layer. */
interface Change {
  readonly layer: number;
  readonly granule: Granule;
}

/** Single changes and pairs within a segment or of neighbours that save instructions, those that save most first. */
function changesOf({ prices: { problem, granules } }: Draft): readonly (readonly Change[])[] {
  const saving = ({ layer, granule }: Change) =>
    (problem.layers[layer]?.work ?? 0) * ((granules[layer]?.cost ?? 1) - granule.cost);
  const others = problem.layers.map((own, layer): readonly Change[] =>
    own.granules.filter((granule) => granule !== granules[layer]).map((granule) => ({ layer, granule })),
  );
  const all = others.flatMap((own, layer) => {
    const faster = own.filter((change) => saving(change) > 0);
    const near = [
      ...(others[layer - 1] ?? []),
      ...(others[layer + 1] ?? []),
      ...(others[layer - 2] ?? []),
      ...(others[layer + 2] ?? []),
    ];
    return [
      ...faster.map((change) => ({ changes: [change], total: saving(change) })),
      ...faster.flatMap((change) =>
        near.map((other) => ({ changes: [change, other], total: saving(change) + saving(other) })),
      ),
    ];
  });
  return all
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total || a.changes.length - b.changes.length)
    .slice(0, maxPricedChanges)
    .map(({ changes }) => changes);
}

/** Prices with other granules; undefined when a segment with such a layer exceeds the budget in both directions. */
function changedPrices(
  { prices, segments }: Draft,
  tables: EventTables,
  changes: readonly Change[],
  budget: number,
): SegmentPrices | undefined {
  const granules = [...prices.granules];
  for (const { layer, granule } of changes) granules[layer] = granule;
  const changed = new SegmentPrices(prices.problem, granules, tables);
  const touched = segments.filter(({ first, last }) => changes.some(({ layer }) => first <= layer && layer <= last));
  return touched.every(({ first, last }) => changed.price(first, last).bytes <= budget) ? changed : undefined;
}

/** The same cuts at other prices, each in its better direction, refined. */
function turned({ segments }: Draft, prices: SegmentPrices): Draft {
  const cheapest = segments.map(({ first, last }) => prices.price(first, last));
  const longest = Math.max(...segments.map(({ first, last }) => last - first + 1));
  return refine(draftPlan(prices, cheapest, trialNodes), longest);
}
