/** The result of planning, plain data: what runs when, and where everything lies. */

/** Where the bytes of a value lie: byte i at offset + i, or in a ring at offset + i mod capacity. */
export type Layout = { readonly kind: 'linear' } | { readonly kind: 'ring'; readonly capacity: number };

export interface PlannedValue {
  /** Index in `MemoryPlan.values`. */
  readonly id: number;
  /** Tensors that are this value, the written one first; the others are its aliases. */
  readonly tensors: readonly number[];
  /** Size of the tensor; a ring takes only its capacity in the arena. 0 when a dimension is 0. */
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  /** Bytes from the start of the arena. */
  readonly offset: number;
  readonly layout: Layout;
  /** Event of the timeline that writes it first; −1 for an input that the caller stores before the first event. */
  readonly first: number;
  /** Event that reads it last, the number of events for an output of the model; `first` when nothing reads it. */
  readonly last: number;
}

export interface TimelineEvent {
  /** Position in `graph.operators`; `inputRows` (−1) when the caller hands over the next row of the input. */
  readonly layer: number;
  /** Number of the event as the layer's `Access` counts: descending in a segment that runs in reverse. */
  readonly event: number;
}

export interface PlannedSegment {
  /** Positions in `graph.operators` in the order of data flow; `inputRows` first when the input is streamed. */
  readonly layers: readonly number[];
  /** For each of `layers`, the index of its granule in what the layer offers. */
  readonly granules: readonly number[];
  readonly reverse: boolean;
  readonly order: readonly TimelineEvent[];
  /** Bytes in use at its fullest event. */
  readonly bytes: number;
}

export interface PlannedScratch {
  /** Position in `graph.operators`. */
  readonly layer: number;
  readonly offset: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  /** Whether its bytes have to survive between the layer's events. */
  readonly kept: boolean;
}

/** Why something is as it is, for people who read the plan. */
export interface Decision {
  readonly subject: string;
  readonly choice: string;
  readonly reason: string;
}

export interface MemoryPlan {
  /** Positions in `graph.operators` in execution order, those that only rename included. */
  readonly order: readonly number[];
  readonly arenaBytes: number;
  /** Alignment the start of the arena needs, a power of two, at least 4. */
  readonly arenaAlign: number;
  /** Bytes in use at the fullest event: no offsets need fewer for these segments. */
  readonly lowerBound: number;
  /** Event of the timeline at which `lowerBound` bytes are in use; −1 before the first. */
  readonly peakEvent: number;
  /** True when no offsets give these segments a smaller arena. */
  readonly optimal: boolean;
  readonly searchNodes: number;
  readonly values: readonly PlannedValue[];
  /** The timeline is their orders one after another. */
  readonly segments: readonly PlannedSegment[];
  readonly scratch: readonly PlannedScratch[];
  /** Positions of the operators whose outputs are all aliases: they run no code. */
  readonly renamed: readonly number[];
  readonly decisions: readonly Decision[];
}

/** The events in the order in which they run. */
export function timeline(plan: Pick<MemoryPlan, 'segments'>): readonly TimelineEvent[] {
  return plan.segments.flatMap(({ order }) => order);
}

/** Bytes that a value takes in the arena. */
export function arenaExtent({ bytes, layout }: Pick<PlannedValue, 'bytes' | 'layout'>): number {
  return layout.kind === 'ring' ? layout.capacity : bytes;
}
