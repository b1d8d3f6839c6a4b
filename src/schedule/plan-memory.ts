/** The schedule and the memory plan of a graph: granules, segments, directions, offsets. */
import type { Graph } from '../ir/graph.js';
import type { LayerAccess } from '../memory/access.js';
import type { MemoryPlan } from '../memory/memory-plan.js';
import { type MemoryProblem, memoryProblem, type StreamedInput } from '../memory/values.js';
import { explainPlan } from './decisions.js';
import { type Draft, draftPlan, refine } from './draft.js';
import { finishPlan } from './finish.js';
import {
  estimatedInstructions,
  fastestGranules,
  type GranuleChoice,
  pixelGranules,
  rowGranules,
  withFasterGranules,
} from './granules.js';
import { fileOrder, type OperatorOrder } from './order.js';
import { searchOrder } from './order-search.js';
import { EventTables, SegmentPrices } from './segment-prices.js';
import { cutIntoSegments, defaultSegmentLimits } from './segments.js';

/**
 * `speed`: fewest instructions. `balanced`: the smallest arena for at most `balancedOverhead` more. `ram`: the smallest
 * arena, whatever it costs.
 */
export type Objective = 'speed' | 'balanced' | 'ram';

/** Instructions that `balanced` may cost, relative to `speed`. */
export const balancedOverhead = 1.05;

export interface PlanOptions {
  /** Default `balanced`. */
  readonly objective?: Objective;
  /**
   * Bytes that the arena may have: the fastest plan within them, whatever the objective; the smallest of all when none
   * is small enough.
   */
  readonly maxRam?: number;
  readonly streamedInput?: StreamedInput;
  /** Default: the file's, and another one where that gives a smaller arena. */
  readonly order?: OperatorOrder;
  /** Search nodes for offsets, see `PackOptions`. */
  readonly nodeLimit?: number;
}

/** A plan and what it is estimated to cost. */
export interface Rung {
  readonly plan: MemoryPlan;
  readonly instructions: number;
}

/**
 * Plans a graph whose layers access memory as `accesses` say, indexed like `graph.operators`.
 *
 * @throws ModelcError as `memoryProblem` does
 */
export function planMemory(graph: Graph, accesses: readonly LayerAccess[], options: PlanOptions = {}): MemoryPlan {
  const { objective = 'balanced', maxRam } = options;
  const planned = plannersFor(graph, accesses, options).map((planner) => ({
    planner,
    draft: maxRam === undefined ? planner.plan(objective) : planner.within(maxRam),
  }));
  // The file's order comes first and wins where it is as good
  const fitting = planned.find(({ draft }) => maxRam !== undefined && draft.packing.arenaBytes <= maxRam);
  const { planner, draft } =
    fitting ?? planned.reduce((a, b) => (b.draft.packing.arenaBytes < a.draft.packing.arenaBytes ? b : a));
  return planner.finish(draft);
}

function plannersFor(graph: Graph, accesses: readonly LayerAccess[], options: PlanOptions): readonly Planner[] {
  const first = new Planner(graph, accesses, options);
  const other = options.order === undefined ? searchOrder(graph, first.problem) : undefined;
  return other === undefined ? [first] : [first, new Planner(graph, accesses, { ...options, order: other })];
}

/** The alternatives between fastest and smallest: each plan needs less memory and more instructions than the one before. */
export function planLadder(
  graph: Graph,
  accesses: readonly LayerAccess[],
  options: Omit<PlanOptions, 'objective' | 'maxRam'> = {},
): readonly Rung[] {
  const planner = new Planner(graph, accesses, options);
  return planner.ladder().map((draft) => ({ plan: planner.finish(draft), instructions: estimatedInstructions(draft) }));
}

class Planner {
  readonly #graph: Graph;
  readonly problem: MemoryProblem;
  readonly #tables: EventTables;
  readonly #nodeLimit: number | undefined;
  #fastest: Draft | undefined;

  constructor(graph: Graph, accesses: readonly LayerAccess[], options: PlanOptions) {
    const { order = fileOrder(graph), streamedInput, nodeLimit } = options;
    this.problem = memoryProblem(graph, order, accesses, streamedInput === undefined ? {} : { streamedInput });
    this.#graph = graph;
    this.#tables = new EventTables(this.problem);
    this.#nodeLimit = nodeLimit;
  }

  finish(draft: Draft): MemoryPlan {
    return finishPlan(draft, explainPlan(this.#graph, draft));
  }

  plan(objective: Objective): Draft {
    if (objective === 'speed') return this.fastest();
    if (objective === 'ram') return this.#faster(this.smallest([...this.#rows(), ...this.#pixels()]));
    const limit = balancedOverhead * estimatedInstructions(this.fastest());
    const smallest = this.smallest(this.#rows());
    const quick = this.#faster(smallest);
    if (estimatedInstructions(quick) <= limit) return quick;
    // More memory until the time is right, in a few steps between the smallest and the fastest
    let best = this.fastest();
    let low = smallest.packing.arenaBytes;
    for (let step = 0; step < 6; step++) {
      const budget = Math.floor((low + best.packing.arenaBytes) / 2);
      const draft = this.#fastestWithin(smallest, budget);
      if (estimatedInstructions(draft) <= limit && draft.packing.arenaBytes < best.packing.arenaBytes) best = draft;
      else low = budget;
    }
    return best;
  }

  /** The fastest plan found within a budget, or the smallest of all. */
  within(budget: number): Draft {
    const fastest = this.fastest();
    if (fastest.packing.arenaBytes <= budget) return fastest;
    const rows = this.smallest(this.#rows());
    const smallest = rows.packing.arenaBytes <= budget ? rows : this.smallest([...this.#rows(), ...this.#pixels()]);
    return smallest.packing.arenaBytes <= budget ? this.#fastestWithin(smallest, budget) : this.#faster(smallest);
  }

  ladder(): readonly Draft[] {
    const drafts = [this.fastest(), this.plan('balanced'), this.plan('ram')];
    for (const choice of this.#pixels()) drafts.push(this.#faster(this.smallest([choice])));
    const sorted = drafts
      .slice()
      .sort(
        (a, b) => estimatedInstructions(a) - estimatedInstructions(b) || a.packing.arenaBytes - b.packing.arenaBytes,
      );
    const rungs: Draft[] = [];
    for (const draft of sorted) {
      const previous = rungs.at(-1);
      if (previous === undefined || draft.packing.arenaBytes < previous.packing.arenaBytes) rungs.push(draft);
    }
    return rungs;
  }

  fastest(): Draft {
    this.#fastest ??= this.#draft(fastestGranules(this.problem), { maxLayers: 1 });
    return this.#fastest;
  }

  /** The smallest arena of several choices of granules and of the fastest plan; what cannot be better is not refined. */
  smallest(choices: readonly GranuleChoice[]): Draft {
    let best = this.fastest();
    for (const choice of choices) best = this.#draft(choice, this.#limits(), best);
    return best;
  }

  #rows(): readonly GranuleChoice[] {
    return rowGranules(this.problem);
  }

  #pixels(): readonly GranuleChoice[] {
    return pixelGranules(this.problem);
  }

  #limits() {
    return defaultSegmentLimits(this.problem.layers.length);
  }

  #draft(choice: GranuleChoice, limits: { readonly maxLayers: number }, best?: Draft): Draft {
    const prices = new SegmentPrices(this.problem, choice, this.#tables);
    const segments = cutIntoSegments(prices, limits);
    const bound = Math.max(...segments.map(({ bytes }) => bytes), 0);
    if (best !== undefined && bound >= best.packing.arenaBytes) return best;
    const draft = refine(draftPlan(prices, segments, this.#nodeLimit), limits.maxLayers);
    return best !== undefined && best.packing.arenaBytes <= draft.packing.arenaBytes ? best : draft;
  }

  #faster(draft: Draft): Draft {
    return withFasterGranules(draft, this.#tables, draft.packing.arenaBytes);
  }

  /** Less interleaving and faster granules than `smallest`, as far as the budget goes. */
  #fastestWithin(smallest: Draft, budget: number): Draft {
    const segments = cutIntoSegments(smallest.prices, { ...this.#limits(), budget });
    const loose = draftPlan(smallest.prices, segments, this.#nodeLimit);
    const start = loose.packing.arenaBytes <= budget ? loose : smallest;
    return withFasterGranules(start, this.#tables, budget);
  }
}
