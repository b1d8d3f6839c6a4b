/** Tables of verify.c: what each event wrote and what is dead afterwards. */
import type { Program } from '../compiler.js';
import { deadRanges, idleRanges } from '../memory/occupancy.js';
import { timelineOf, writtenSpan } from '../schedule/timeline.js';
import { placeOf } from './places.js';

interface ArenaRange {
  readonly offset: number;
  readonly bytes: number;
}

/** A point of time between two events; indices into the regions. */
interface TracedEvent {
  readonly outputsBegin: number;
  readonly outputsEnd: number;
  readonly deadBegin: number;
  readonly deadEnd: number;
}

export interface TraceTables {
  readonly regions: readonly ArenaRange[];
  /** Entry 0 is the time before the first event, entry i + 1 the time after event i of the timeline. */
  readonly traced: readonly TracedEvent[];
}

export function traceTables(program: Program): TraceTables {
  const { graph, plan, segments } = program;
  const timeline = timelineOf(segments);
  const timeOf = new Map(plan.order.map((position, time) => [position, time]));
  const regions: ArenaRange[] = [];
  const entry = (written: readonly ArenaRange[], dead: readonly ArenaRange[]): TracedEvent => {
    const outputsBegin = regions.length;
    regions.push(...written);
    const deadBegin = regions.length;
    regions.push(...dead);
    return { outputsBegin, outputsEnd: deadBegin, deadBegin, deadEnd: regions.length };
  };
  const ranges = (list: readonly (readonly [number, number])[]) =>
    list.map(([begin, end]) => ({ offset: begin, bytes: end - begin }));
  const traced = timeline.map((event, i) => {
    const written = (graph.operators[event.position]?.outputs ?? []).flatMap((tensor, slot) => {
      const span = writtenSpan(event, slot);
      return span.end <= span.begin ? [] : placedSpan(program, tensor, span.begin, span.end);
    });
    const time = timeOf.get(event.position) ?? 0;
    const isLast = timeline[i + 1]?.position !== event.position;
    return entry(written, ranges(isLast ? deadRanges(plan, time + 1) : idleRanges(plan, time)));
  });
  // entry 0 comes first in the table; its regions may come last
  return { traced: [entry([], ranges(deadRanges(plan, 0))), ...traced], regions };
}

/** Where bytes [begin, end) of a tensor lie; two ranges where a ring wraps. */
function placedSpan(program: Program, tensor: number, begin: number, end: number): ArenaRange[] {
  const { offset, ringBytes } = placeOf(program, tensor);
  if (ringBytes === undefined) return [{ offset: offset + begin, bytes: end - begin }];
  const parts: ArenaRange[] = [];
  for (let at = begin; at < end; ) {
    const inRing = at % ringBytes;
    const bytes = Math.min(end - at, ringBytes - inRing);
    parts.push({ offset: offset + inRing, bytes });
    at += bytes;
  }
  return parts;
}
