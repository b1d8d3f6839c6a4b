/** A random network with its plans, run on one array of exactly each plan's size: what unit and fuzz tests share. */
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import { tensorBytes } from '../../src/ir/graph.js';
import type { LayerAccess } from '../../src/memory/access.js';
import type { MemoryPlan } from '../../src/memory/memory-plan.js';
import { validatePlan } from '../../src/memory/plan-validator.js';
import type { StreamedInput } from '../../src/memory/values.js';
import { type Layer, prepareGraph } from '../../src/operators/registry.js';
import { type PlanOptions, planMemory } from '../../src/schedule/plan-memory.js';
import { createRandom, type Random } from '../support/random.js';
import { generousAccesses, partsOf } from './accesses.js';
import { executePlan } from './plan-execution.js';
import { randomNetwork } from './random-network.js';

export interface RandomCase {
  readonly graph: Graph;
  readonly layers: readonly Layer[];
  readonly accesses: readonly LayerAccess[];
  readonly random: Random;
  /** Every tensor as the interpreter gives it for random inputs. */
  readonly expected: ReadonlyMap<number, Uint8Array>;
}

export function randomCase(seed: number): RandomCase {
  const random = createRandom(seed);
  const graph = randomNetwork(random, 2 + random.below(10));
  const layers = prepareGraph(graph);
  const inputs = graph.inputs.map((index) =>
    new Uint8Array(tensorBytes(graph.tensors[index] as Tensor)).map(() => random.below(256)),
  );
  const { tensors } = interpret(graph, layers, inputs, { keepTensors: true });
  const expected = new Map(tensors);
  for (const [slot, index] of graph.inputs.entries()) expected.set(index, inputs[slot] as Uint8Array);
  return { graph, layers, accesses: generousAccesses(graph, layers), random, expected };
}

/** Input 0 in rows, when the graph has one input. */
export function streamedRows({ graph }: RandomCase): StreamedInput | undefined {
  const [batches, h, w, c] = (graph.tensors[graph.inputs[0] ?? -1] as Tensor).shape as [number, number, number, number];
  return graph.inputs.length === 1 && batches * h > 1 ? { input: 0, rowBytes: w * c } : undefined;
}

export function planOf({ graph, accesses }: RandomCase, options: PlanOptions): MemoryPlan {
  return planMemory(graph, accesses, options);
}

/** What the validator and a run find wrong with a plan. */
export function faultsOf(
  subject: RandomCase,
  plan: MemoryPlan,
  evaluate: boolean,
  streamedInput?: StreamedInput,
): string[] {
  const { graph, layers, accesses, random, expected } = subject;
  return [...validatePlan(graph, accesses, plan, streamedInput === undefined ? {} : { streamedInput }), ...run()];

  function run(): string[] {
    return executePlan(graph, layers, accesses, plan, {
      ...{ random, expected, evaluate },
      parts: (position, granule) => partsOf(graph, layers[position] as Layer, granule),
      ...(streamedInput !== undefined && { streamedRow: streamedInput.rowBytes }),
    });
  }
}

/** Ways to spoil a plan, each with the plans it makes. A spoiled plan is not always wrong, but mostly. */
export function spoil(
  { graph, accesses, random }: RandomCase,
  plan: MemoryPlan,
): {
  readonly rings: MemoryPlan[];
  readonly swaps: MemoryPlan[];
} {
  const rings = plan.values.flatMap((value, i): MemoryPlan[] => {
    const writer = graph.operators.findIndex(({ outputs }) => outputs.includes(value.tensors[0] as number));
    const segment = plan.segments.find(({ layers }) => layers.includes(writer));
    const granule = segment?.granules[segment.layers.indexOf(writer)];
    const access = accesses[writer]?.granules[granule ?? -1]?.access;
    if (value.layout.kind !== 'ring' || access === undefined) return [];
    const capacity = value.layout.capacity - access.writeUnit(0);
    const layout = { kind: 'ring' as const, capacity };
    return capacity > 0 ? [{ ...plan, values: replaced(plan.values, i, { ...value, layout }) }] : [];
  });
  const swaps = plan.segments.flatMap((segment, i): MemoryPlan[] => {
    const places = segment.order.flatMap(({ layer }, at) =>
      (segment.order[at + 1]?.layer ?? layer) !== layer ? [at] : [],
    );
    const at = places[random.below(Math.max(1, places.length))];
    const [a, b] = [segment.order[at ?? -1], segment.order[(at ?? -1) + 1]];
    if (at === undefined || a === undefined || b === undefined) return [];
    return [{ ...plan, segments: replaced(plan.segments, i, { ...segment, order: swapped(segment.order, at) }) }];
  });
  return { rings, swaps };
}

function replaced<T>(list: readonly T[], at: number, by: T): T[] {
  return list.map((item, i) => (i === at ? by : item));
}

function swapped<T>(list: readonly T[], at: number): T[] {
  return list.map((item, i) => list[i === at ? at + 1 : i === at + 1 ? at : i] ?? item);
}
