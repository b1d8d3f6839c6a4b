/** In which order the events of layers run. */
import type { Granule } from '../memory/access.js';

/** One event of one layer. */
export interface ScheduledEvent {
  /** Index into `Segment.layers`. */
  readonly layer: number;
  readonly event: number;
}

/** Consecutive layers that run interleaved by events, all of them forward or all in reverse. */
export interface Segment {
  /** Positions in `graph.operators`. */
  readonly layers: readonly number[];
  readonly reverse: boolean;
  /** How each of the layers runs. */
  readonly granules: readonly Granule[];
  /** Every event of every layer. */
  readonly order: readonly ScheduledEvent[];
}

/** A layer by itself, forward. */
export function singleLayer(position: number, granule: Granule | undefined): Segment {
  if (granule === undefined) throw new Error(`layer ${position} has no granule`);
  const order = Array.from({ length: granule.access.events }, (_, event) => ({ layer: 0, event }));
  return { layers: [position], reverse: false, granules: [granule], order };
}
