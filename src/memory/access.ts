/**
 * What a layer does to memory, event by event: the one thing the planner and the validator know about a kernel.
 * An event is one call of the layer's kernel: one output row, a group of rows or of pixels, or the whole tensor.
 * Everything is counted in bytes of a tensor, never in rows, so that two shapes of the same bytes need no special case.
 */

/** Bytes [begin, end) of a tensor; empty when end ≤ begin. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

export const emptySpan: Span = { begin: 0, end: 0 };

export interface Access {
  /** ≥ 1. They run 0, 1, … forward, or …, 1, 0 in reverse. */
  readonly events: number;
  /**
   * Bytes of the tensor in input slot `input` that the event may read; empty when none. Never called for slots that are
   * constants or omitted.
   */
  read(input: number, event: number): Span;
  /**
   * Bytes of output `output` that the event writes, all of them. In the order in which events run the spans are
   * consecutive and together the whole output; an event may write nothing (accumulators write in the event that runs
   * last, which depends on the direction).
   */
  write(output: number, event: number, reverse: boolean): Span;
  /**
   * How far a write has to keep away from input bytes that no later event needs. With f the first byte of `input` that
   * an event reads and l the end of the last, both as arena addresses, its write to `output` may start at f − S or
   * lower; in reverse it may end at l + S or higher. At least as large as the bytes an event writes: no overlap at all.
   * May be negative.
   */
  overlap(input: number, output: number, reverse: boolean): number;
  /**
   * The kernel addresses the tensor in units of this many bytes (a row, a pixel, all of it), each of which has to be
   * contiguous; a ring holds a whole number of them.
   */
  readUnit(input: number): number;
  writeUnit(output: number): number;
  /** Whether the events may run from the last to the first. */
  readonly reversible: boolean;
}

/** One way to run a layer. */
export interface Granule {
  readonly kind: 'whole' | 'rows' | 'pixels';
  /** Rows or pixels per event; 1 for `whole`. */
  readonly size: number;
  readonly access: Access;
  /** Bytes of working memory, 4-aligned. */
  readonly scratchBytes: number;
  /**
   * Whether the working memory has to survive from the layer's first event to its last (accumulators), or is free
   * between events.
   */
  readonly scratchKept: boolean;
  /**
   * S of `Access.overlap` for output 0 written over the working memory by the event that runs last; absent when the two
   * may not meet. Accumulators narrowed in ascending order: 0.
   */
  readonly scratchOverlap?: number;
  /** Bytes of the C stack beyond a plain call. */
  readonly stackBytes: number;
  /** Instructions of the whole layer, relative to the kernel's fastest granule; ≥ 1. */
  readonly cost: number;
}

/** Outputs that are an input's bytes under another shape: no code runs. */
export interface Alias {
  readonly input: number;
  readonly output: number;
}

/** What the planner needs to know about a layer. */
export interface LayerAccess {
  /** The kernel's preferred (fastest) granule first; never empty. */
  readonly granules: readonly Granule[];
  /** When the planner takes all of a layer's outputs as aliases, the layer has no events. */
  readonly aliases?: readonly Alias[];
  /** Estimated instructions of the layer with its fastest granule; default: some for each byte it moves. */
  readonly work?: number;
}
