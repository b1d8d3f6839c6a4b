/** The memory plan as the file `plan.json`: where everything lies, from when to when, and why. */
import type { Graph } from '../ir/graph.js';
import { liveBytesAt } from './occupancy.js';
import type { Decision, MemoryPlan } from './types.js';

export interface PlanJson {
  readonly format: 'modelc-memory-plan';
  /** Raised when a field changes its meaning or disappears. */
  readonly version: 1;
  readonly model: string;
  readonly arena: {
    readonly bytes: number;
    readonly align: number;
    readonly lowerBound: number;
    /** bytes − lowerBound */
    readonly gap: number;
    readonly optimal: boolean;
    readonly searchNodes: number;
  };
  /** In execution order; a layer's position here is the time that `first` and `last` refer to. */
  readonly layers: readonly {
    readonly time: number;
    /** Index of the operator in the file. */
    readonly operator: number;
    readonly name: string;
    readonly inputs: readonly number[];
    readonly outputs: readonly number[];
    /** Bytes of the arena in use while the layer runs. */
    readonly liveBytes: number;
  }[];
  /** Everything that has a place in the arena. */
  readonly regions: readonly RegionJson[];
  readonly decisions: readonly Decision[];
}

export type RegionJson = {
  readonly offset: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
} & (
  | {
      readonly kind: 'tensor';
      readonly tensor: number;
      readonly name: string;
      readonly type: string;
      readonly shape: readonly number[];
      /** Tensors of one storage start at the same offset. */
      readonly storage: number;
      readonly sharing: 'own' | 'alias' | 'overwrite' | 'copy';
      /** The tensor whose memory is shared or copied; absent for `own`. */
      readonly source?: number;
    }
  | { readonly kind: 'scratch'; readonly operator: number }
);

/** `plan.json` for a plan of `graph`; `JSON.stringify` of it is the same on every machine. */
export function planToJson(graph: Graph, plan: MemoryPlan): PlanJson {
  const writer = new Map(graph.operators.flatMap((operator) => operator.outputs.map((output) => [output, operator])));
  const tensors = [...plan.tensors].map(([index, { offset, bytes, first, last, storage, sharing }]): RegionJson => {
    const { name, type, shape } = graph.tensors[index];
    const source = sharing.kind === 'own' ? undefined : writer.get(index)?.inputs[sharing.input];
    const shared = { storage, sharing: sharing.kind, ...(source !== undefined && { source }) };
    return { kind: 'tensor', tensor: index, name, type, shape, offset, bytes, first, last, ...shared };
  });
  const scratch = plan.order.flatMap((position, time): RegionJson[] => {
    const region = plan.scratch[position];
    if (region === undefined) return [];
    return [{ kind: 'scratch', operator: graph.operators[position].index, ...region, first: time, last: time }];
  });
  return {
    format: 'modelc-memory-plan',
    version: 1,
    model: graph.name,
    arena: {
      bytes: plan.arenaBytes,
      align: plan.arenaAlign,
      lowerBound: plan.lowerBound,
      gap: plan.arenaBytes - plan.lowerBound,
      optimal: plan.optimal,
      searchNodes: plan.searchNodes,
    },
    layers: plan.order.map((position, time) => {
      const { index, name, inputs, outputs } = graph.operators[position];
      return { time, operator: index, name, inputs, outputs, liveBytes: liveBytesAt(plan, time) };
    }),
    regions: [...tensors, ...scratch],
    decisions: plan.decisions,
  };
}
