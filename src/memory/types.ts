/**
 * The vocabulary of memory planning. Time is counted in layers: layer i runs at time i. A buffer is alive from
 * `first` to `last`, both inclusive; two buffers conflict when these intervals meet. Graph inputs are alive from −1,
 * graph outputs to the number of layers.
 */
export interface Buffer {
  /** Unique name: `tensor:12`, `scratch:3`. */
  readonly id: string;
  /** > 0 */
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  readonly first: number;
  readonly last: number;
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
}
