/**
 * The vocabulary of memory planning. Time is counted in layers: layer i runs at time i. A buffer is alive from
 * `first` to `last`, both inclusive; two buffers conflict when these intervals meet. Graph inputs are alive from −1,
 * graph outputs to the number of layers.
 */
import type { OperatorOrder } from '../schedule/order.js';

/** A span of time and the bytes in use during it. */
export interface Step {
  readonly first: number;
  readonly last: number;
  /** > 0 */
  readonly bytes: number;
}

export interface Buffer {
  /** Unique name: `tensor:12`, `scratch:3`. */
  readonly id: string;
  /** > 0; the largest of `steps` when these are given. */
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  readonly first: number;
  readonly last: number;
  /**
   * Bytes in use over time, counted from the buffer's offset, for a buffer that shrinks or grows in place: consecutive
   * spans that cover [first, last] without a gap. Absent when all bytes are in use all the time.
   */
  readonly steps?: readonly Step[];
}

export interface Packing {
  /** Byte offset in the arena for each buffer, in the order of the input. */
  readonly offsets: readonly number[];
  /** max(offset + bytes); 0 without buffers. */
  readonly arenaBytes: number;
  /** Largest sum of bytes alive at one time: no arena can be smaller. */
  readonly lowerBound: number;
  /** True when the search proved that no smaller arena exists (always when arenaBytes = lowerBound). */
  readonly optimal: boolean;
  /** Nodes the exact search visited; 0 when a heuristic met the bound. */
  readonly searchNodes: number;
}

/** First and last layer at which the value of a tensor must be in the arena. */
export interface Lifetime {
  /** Size of the tensor; 0 when a dimension is 0. */
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  /** The layer that writes the tensor; −1 for a graph input. */
  readonly first: number;
  /** The last layer that reads it, the number of layers for a graph output; `first` when nothing reads it. */
  readonly last: number;
}

/**
 * How an output relates to the memory of an input of the operator that writes it.
 * `own`: memory of its own. `alias`: the input's bytes are its bytes, no code runs. `overwrite`: written over the input.
 * `copy`: the operator offers an alias, but the plan gives the output memory of its own, so code has to copy.
 */
export type MemorySharing =
  | { readonly kind: 'own' }
  | { readonly kind: 'alias' | 'overwrite' | 'copy'; readonly input: number };

/** Why something lies where it lies, for people who read the plan. */
export interface Decision {
  readonly subject: string;
  readonly choice: string;
  readonly reason: string;
}

/** Tensors that start at the same offset, one after another or as aliases of one value. */
export interface Storage {
  readonly id: number;
  /** Tensor indices in the order in which they are written. */
  readonly tensors: readonly number[];
  /** Largest tensor. */
  readonly bytes: number;
  readonly align: number;
  readonly first: number;
  readonly last: number;
  /** Bytes in use over time; empty when `bytes` is 0. */
  readonly steps: readonly Step[];
}

export interface Region {
  /** Bytes from the start of the arena. */
  readonly offset: number;
  readonly bytes: number;
}

export interface TensorPlacement extends Lifetime, Region {
  /** Index into `MemoryPlan.storages`. */
  readonly storage: number;
  readonly sharing: MemorySharing;
}

export interface PlacedStorage extends Storage, Region {}

/** Where everything lies in the arena. Tensors without a place are constants, variables or have no values in memory. */
export interface MemoryPlan {
  readonly order: OperatorOrder;
  readonly arenaBytes: number;
  /** Alignment the start of the arena needs, a power of two, at least 4. */
  readonly arenaAlign: number;
  /** No plan for this operator order is smaller, whatever shares memory with whatever the operators allow. */
  readonly lowerBound: number;
  /** True when no smaller plan for this operator order exists. */
  readonly optimal: boolean;
  readonly searchNodes: number;
  readonly storages: readonly PlacedStorage[];
  /** By tensor index, in ascending order. */
  readonly tensors: ReadonlyMap<number, TensorPlacement>;
  /** By position in `graph.operators`; undefined for operators without scratch. */
  readonly scratch: readonly (Region | undefined)[];
  readonly decisions: readonly Decision[];
}
