/** The schedule and the memory plan of a graph: granules, segments, directions, offsets. */
import type { Graph } from '../ir/graph.js';
import type { Granule, LayerAccess } from '../memory/access.js';
import type { MemoryPlan } from '../memory/memory-plan.js';
import { type MemoryProblem, memoryProblem, type StreamedInput } from '../memory/values.js';
import { type Draft, draftPlan, refine } from './draft.js';
import { finishPlan } from './finish.js';
import { fileOrder, type OperatorOrder } from './order.js';
import { EventTables, SegmentPrices } from './segment-prices.js';
import { cutIntoSegments, defaultSegmentLimits } from './segments.js';

/** What matters most: instructions, memory at little cost in instructions, or memory at any cost. */
export type Objective = 'speed' | 'balanced' | 'ram';

export interface PlanOptions {
  /** Default `balanced`. */
  readonly objective?: Objective;
  readonly streamedInput?: StreamedInput;
  readonly order?: OperatorOrder;
  /** Search nodes for offsets, see `PackOptions`. */
  readonly nodeLimit?: number;
}

/**
 * Plans a graph whose layers access memory as `accesses` say, indexed like `graph.operators`.
 *
 * @throws ModelcError as `memoryProblem` does
 */
export function planMemory(graph: Graph, accesses: readonly LayerAccess[], options: PlanOptions = {}): MemoryPlan {
  const { objective = 'balanced', streamedInput, order = fileOrder(graph), nodeLimit } = options;
  const problem = memoryProblem(graph, order, accesses, streamedInput === undefined ? {} : { streamedInput });
  const tables = new EventTables(problem);
  let best: Draft | undefined;
  for (const granules of granuleChoices(problem, objective)) {
    const prices = new SegmentPrices(problem, granules, tables);
    const limits = objective === 'speed' ? { maxLayers: 1 } : defaultSegmentLimits(problem.layers.length);
    const draft = draftPlan(prices, cutIntoSegments(prices, limits), nodeLimit);
    const refined = refine(draft, limits.maxLayers);
    if (best === undefined || refined.packing.arenaBytes < best.packing.arenaBytes) best = refined;
  }
  return finishPlan(best as Draft, []);
}

function granuleChoices(problem: MemoryProblem, objective: Objective): readonly (readonly Granule[])[] {
  const choose = (pick: (granules: readonly Granule[]) => Granule | undefined) =>
    problem.layers.map(({ granules }) => pick(granules) ?? (granules[0] as Granule));
  const rows = (granules: readonly Granule[]) =>
    granules.filter(({ kind }) => kind === 'rows').sort((a, b) => a.size - b.size);
  const pixels = (granules: readonly Granule[]) =>
    granules.filter(({ kind }) => kind === 'pixels').sort((a, b) => a.size - b.size);
  if (objective === 'speed') return [choose((granules) => granules[0])];
  const byRows = [
    choose((granules) => rows(granules).find(({ scratchKept }) => scratchKept) ?? rows(granules)[0]),
    choose((granules) => rows(granules).find(({ scratchKept }) => !scratchKept)),
  ];
  if (objective === 'balanced') return byRows;
  return [
    ...byRows,
    choose((granules) => {
      const finest = [...pixels(granules), ...rows(granules)];
      return finest.find(({ scratchKept }) => scratchKept) ?? finest[0];
    }),
  ];
}
