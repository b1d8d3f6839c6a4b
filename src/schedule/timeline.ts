/** The one list of what runs when: plan, generated code, traces and their comparison are about its events. */
import type { Access, Span } from '../memory/access.js';
import type { Segment } from './segment.js';

export interface TimelineEvent {
  /** Position in `graph.operators`. */
  readonly position: number;
  /** Number of the event in its layer: the row that the layer hook reports. */
  readonly event: number;
  readonly access: Access;
  readonly reverse: boolean;
}

export function timelineOf(segments: readonly Segment[]): TimelineEvent[] {
  return segments.flatMap(({ layers, granules, reverse, order }) =>
    order.map(({ layer, event }) => {
      const position = layers[layer];
      const granule = granules[layer];
      if (position === undefined || granule === undefined) throw new Error(`the segment has no layer ${layer}`);
      return { position, event, access: granule.access, reverse };
    }),
  );
}

/** Bytes of output `slot` that an event writes. */
export function writtenSpan({ access, event, reverse }: TimelineEvent, slot: number): Span {
  return access.write(slot, event, reverse);
}
