/** The memory plan as the file `plan.json`: what runs when, where everything lies, and why. */
import type { Graph } from '../ir/graph.js';
import type { Decision, MemoryPlan } from './memory-plan.js';
import { inputRows } from './values.js';

export interface PlanJson {
  readonly format: 'modelc-memory-plan';
  /** Raised when a field changes its meaning or disappears. */
  readonly version: 2;
  readonly model: string;
  readonly arena: {
    readonly bytes: number;
    readonly align: number;
    readonly lowerBound: number;
    /** bytes − lowerBound */
    readonly gap: number;
    readonly optimal: boolean;
    readonly searchNodes: number;
    /** The event at which `lowerBound` bytes are in use; −1 before the first. */
    readonly peakEvent: number;
  };
  /** All operators in execution order. */
  readonly layers: readonly {
    /** Index of the operator in the file. */
    readonly operator: number;
    readonly name: string;
    readonly inputs: readonly number[];
    readonly outputs: readonly number[];
    /** True when its outputs are its input under another shape: no code runs. */
    readonly renames: boolean;
  }[];
  /** They run one after another; events are numbered through all of them from 0. */
  readonly segments: readonly {
    readonly firstEvent: number;
    readonly events: number;
    readonly direction: 'forward' | 'reverse';
    /** Index of the operator in the file, −1 for the rows of a streamed input; `granule` as the kernel numbers them. */
    readonly layers: readonly { readonly operator: number; readonly granule: number; readonly events: number }[];
    /** Runs of [operator, number of events], in order. */
    readonly order: readonly (readonly [operator: number, events: number])[];
    readonly bytes: number;
  }[];
  /** Everything that has a place in the arena; `first` and `last` are events, −1 before the first. */
  readonly regions: readonly RegionJson[];
  readonly decisions: readonly Decision[];
}

export type RegionJson = {
  readonly offset: number;
  /** Bytes taken in the arena. */
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
} & (
  | {
      readonly kind: 'value';
      readonly layout: 'linear' | 'ring';
      /** The written tensor first, then its other names. */
      readonly tensors: readonly {
        readonly tensor: number;
        readonly name: string;
        readonly type: string;
        readonly shape: readonly number[];
      }[];
      /** Size of the tensor: more than `bytes` for a ring. */
      readonly tensorBytes: number;
    }
  | { readonly kind: 'scratch'; readonly operator: number; readonly kept: boolean }
);

/** `plan.json` for a plan of `graph`; `JSON.stringify` of it is the same on every machine. */
export function planToJson(graph: Graph, plan: MemoryPlan): PlanJson {
  const operatorAt = (position: number) =>
    position === inputRows ? inputRows : (graph.operators[position]?.index ?? -1);
  const values = plan.values.map(({ tensors, bytes, offset, layout, first, last }): RegionJson => {
    const named = tensors.flatMap((tensor) => {
      const found = graph.tensors[tensor];
      return found === undefined ? [] : [{ tensor, name: found.name, type: found.type, shape: found.shape }];
    });
    const taken = layout.kind === 'ring' ? layout.capacity : bytes;
    return {
      kind: 'value',
      layout: layout.kind,
      tensors: named,
      tensorBytes: bytes,
      ...{ offset, bytes: taken, first, last },
    };
  });
  const scratch = plan.scratch.map(({ layer, offset, bytes, first, last, kept }): RegionJson => {
    return { kind: 'scratch', operator: operatorAt(layer), kept, offset, bytes, first, last };
  });
  const renamed = new Set(plan.renamed);
  let firstEvent = 0;
  return {
    format: 'modelc-memory-plan',
    version: 2,
    model: graph.name,
    arena: {
      bytes: plan.arenaBytes,
      align: plan.arenaAlign,
      lowerBound: plan.lowerBound,
      gap: plan.arenaBytes - plan.lowerBound,
      optimal: plan.optimal,
      searchNodes: plan.searchNodes,
      peakEvent: plan.peakEvent,
    },
    layers: plan.order.flatMap((position) => {
      const operator = graph.operators[position];
      if (operator === undefined) return [];
      const { index, name, inputs, outputs } = operator;
      return [{ operator: index, name, inputs, outputs, renames: renamed.has(position) }];
    }),
    segments: plan.segments.map(({ layers, granules, reverse, order, bytes }) => {
      const runs: [number, number][] = [];
      for (const { layer } of order) {
        const run = runs.at(-1);
        if (run?.[0] === operatorAt(layer)) run[1]++;
        else runs.push([operatorAt(layer), 1]);
      }
      const segment = {
        firstEvent,
        events: order.length,
        direction: reverse ? ('reverse' as const) : ('forward' as const),
        layers: layers.map((layer, i) => ({
          operator: operatorAt(layer),
          granule: granules[i] ?? 0,
          events: order.filter((event) => event.layer === layer).length,
        })),
        order: runs,
        bytes,
      };
      firstEvent += order.length;
      return segment;
    }),
    regions: [...values, ...scratch],
    decisions: plan.decisions,
  };
}
