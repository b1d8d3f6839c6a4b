/** The one list of what runs when: generated code, traces and their comparison are about its events. */
import type { Program } from '../compiler.js';
import type { Access, Span } from '../memory/access.js';
import { granuleOf } from './program-view.js';

export interface ProgramEvent {
  /** Position in `graph.operators`. */
  readonly position: number;
  /** Number of the event in its layer: the row that the layer hook reports. */
  readonly event: number;
  readonly access: Access;
  readonly reverse: boolean;
}

export function timelineOf(program: Program): ProgramEvent[] {
  return program.plan.segments.flatMap((segment) => {
    const accesses = new Map(segment.layers.map((layer, i) => [layer, granuleOf(program, segment, i).access]));
    return segment.order.map(({ layer, event }) => {
      const access = accesses.get(layer);
      if (access === undefined) throw new Error(`the segment has no layer ${layer}`);
      return { position: layer, event, access, reverse: segment.reverse };
    });
  });
}

/** Bytes of output `slot` that an event writes. */
export function writtenSpan({ access, event, reverse }: ProgramEvent, slot: number): Span {
  return access.write(slot, event, reverse);
}
