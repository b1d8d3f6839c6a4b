/** Tables of verify.c: what each event wrote, what is dead afterwards, and what of that the next one must leave alone. */
import type { Program } from '../compiler.js';
import { type ByteRange, liveBytesOf } from '../memory/live-bytes.js';
import type { PlannedValue } from '../memory/memory-plan.js';
import { arenaValue, executionOrder } from './program-view.js';
import { type ProgramEvent, timelineOf, writtenSpan } from './timeline.js';

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
  readonly idleBegin: number;
  readonly idleEnd: number;
  /** Execution index of the layer whose event comes next; the number of layers after the last. */
  readonly next: number;
}

export interface TraceTables {
  readonly regions: readonly ArenaRange[];
  /** Entry 0 is the time before the first event, entry i + 1 the time after event i of the timeline. */
  readonly traced: readonly TracedEvent[];
}

export function traceTables(program: Program): TraceTables {
  const { graph, kernels, plan } = program;
  const accesses = kernels.map(({ binding }) => binding);
  const live = liveBytesOf(graph, accesses, plan);
  const timeline = timelineOf(program);
  const layerOf = new Map(executionOrder(program).map((position, layer) => [position, layer]));
  const regions: ArenaRange[] = [];
  const add = (ranges: readonly ByteRange[]): number =>
    regions.push(...ranges.map(([begin, end]) => ({ offset: begin, bytes: end - begin })));
  const entry = (i: number): TracedEvent => {
    const [event, next] = [timeline[i], timeline[i + 1]];
    const dead = live.deadAfter(i);
    const outputsBegin = regions.length;
    const deadBegin = add(event === undefined ? [] : writtenRanges(program, event));
    const deadEnd = add(dead);
    const own = next === undefined ? [] : [...writtenRanges(program, next), ...scratchRanges(program, next)];
    const idle = own.reduce(without, dead);
    const idleBegin = idle === dead ? deadBegin : deadEnd;
    const idleEnd = idle === dead ? deadEnd : add(idle);
    const nextLayer = next === undefined ? graph.operators.length : (layerOf.get(next.position) ?? 0);
    return { outputsBegin, outputsEnd: deadBegin, deadBegin, deadEnd, idleBegin, idleEnd, next: nextLayer };
  };
  // entry 0 is the time before the first event
  const traced = [-1, ...timeline.keys()].map(entry);
  return { regions, traced };
}

/** What of ascending, disjoint ranges lies outside one range; the same list when all of it does. */
function without(ranges: readonly ByteRange[], [begin, end]: ByteRange): readonly ByteRange[] {
  if (ranges.every(([from, to]) => to <= begin || from >= end)) return ranges;
  return ranges.flatMap(([from, to]) => {
    const rest: ByteRange[] = [
      [from, Math.min(to, begin)],
      [Math.max(from, end), to],
    ];
    return to <= begin || from >= end ? [[from, to] as ByteRange] : rest.filter(([first, last]) => first < last);
  });
}

/** Where the bytes lie that an event writes. */
function writtenRanges(program: Program, event: ProgramEvent): readonly ByteRange[] {
  const outputs = program.graph.operators[event.position]?.outputs ?? [];
  return outputs.flatMap((tensor, slot) => {
    const span = writtenSpan(event, slot);
    const value = arenaValue(program, tensor);
    return value === undefined ? [] : placedRanges(value, span.begin, span.end);
  });
}

/** Working memory of an event's layer. */
function scratchRanges({ plan }: Program, { position }: ProgramEvent): readonly ByteRange[] {
  return plan.scratch
    .filter(({ layer }) => layer === position)
    .map(({ offset, bytes }): ByteRange => [offset, offset + bytes]);
}

/** Where bytes [begin, end) of a value lie, in their order: two ranges where they wrap in a ring. */
function placedRanges({ offset, layout }: PlannedValue, begin: number, end: number): readonly ByteRange[] {
  if (end <= begin) return [];
  if (layout.kind === 'linear') return [[offset + begin, offset + end]];
  const { capacity } = layout;
  const first = begin % capacity;
  const length = end - begin;
  if (first + length <= capacity) return [[offset + first, offset + first + length]];
  return [
    [offset + first, offset + capacity],
    [offset, offset + first + length - capacity],
  ];
}
