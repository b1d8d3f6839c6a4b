/** Tables of verify.c: what each event wrote and what is dead afterwards. */
import type { Program } from '../compiler.js';
import { type ByteRange, liveBytesOf } from '../memory/live-bytes.js';
import type { PlannedValue } from '../memory/memory-plan.js';
import { arenaValue } from './program-view.js';
import { timelineOf, writtenSpan } from './timeline.js';

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
  const { graph, kernels, plan } = program;
  const accesses = kernels.map(({ binding }) => binding);
  const live = liveBytesOf(graph, accesses, plan);
  const regions: ArenaRange[] = [];
  const entry = (written: readonly ByteRange[], event: number): TracedEvent => {
    const add = (ranges: readonly ByteRange[]) => {
      const begin = regions.length;
      regions.push(...ranges.map(([from, to]) => ({ offset: from, bytes: to - from })));
      return begin;
    };
    const outputsBegin = add(written);
    const deadBegin = add(live.deadAfter(event));
    return { outputsBegin, outputsEnd: deadBegin, deadBegin, deadEnd: regions.length };
  };
  const before = entry([], -1);
  const traced = timelineOf(program).map((event, i) => {
    const written = (graph.operators[event.position]?.outputs ?? []).flatMap((tensor, slot) => {
      const span = writtenSpan(event, slot);
      const value = arenaValue(program, tensor);
      return value === undefined ? [] : placedRanges(value, span.begin, span.end);
    });
    return entry(written, i);
  });
  return { regions, traced: [before, ...traced] };
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
