/** Which bytes of the arena hold something that is still needed, event by event. For the trace, the picture and tests. */
import type { Graph } from '../ir/graph.js';
import type { LayerAccess, Span } from './access.js';
import type { MemoryPlan, PlannedValue } from './memory-plan.js';

/** Half-open range of arena bytes. */
export type ByteRange = readonly [begin: number, end: number];

/** What a value holds for later from an event on, until the next entry. */
export interface Extent extends Span {
  readonly event: number;
}

export interface LiveBytesOfPlan {
  /** Events of the timeline. */
  readonly events: number;
  /**
   * Arena bytes that a later event or the caller reads, once event `event` has run; −1 before the first. Ascending,
   * disjoint, not touching, not empty.
   */
  after(event: number): readonly ByteRange[];
  /** All others. Whatever is in them changes nothing. */
  deadAfter(event: number): readonly ByteRange[];
  /** Bytes of a value needed after each event that changes them, by position in `plan.values`. */
  extents(value: number): readonly Extent[];
}

interface Timed extends Span {
  readonly time: number;
}

/** `streamedInput` as in the options the plan was made with. */
export function liveBytesOf(
  graph: Graph,
  accesses: readonly LayerAccess[],
  plan: MemoryPlan,
  streamedInput?: { readonly input: number; readonly rowBytes: number },
): LiveBytesOfPlan {
  const byTensor = new Map<number, number>();
  for (const [index, { tensors }] of plan.values.entries()) for (const tensor of tensors) byTensor.set(tensor, index);
  const reads: Timed[][] = plan.values.map(() => []);
  const writes: Timed[][] = plan.values.map(() => []);
  const note = (list: Timed[][], tensor: number | undefined, time: number, span: Span) => {
    const value = byTensor.get(tensor ?? -1);
    if (value !== undefined && span.end > span.begin) list[value]?.push({ time, begin: span.begin, end: span.end });
  };
  const whole = (tensor: number): Span => ({ begin: 0, end: plan.values[byTensor.get(tensor) ?? -1]?.bytes ?? 0 });

  const streamed = streamedInput === undefined ? undefined : graph.inputs[streamedInput.input];
  for (const input of new Set(graph.inputs)) if (input !== streamed) note(writes, input, -1, whole(input));
  let time = 0;
  for (const { layers, granules, reverse, order } of plan.segments) {
    for (const { layer, event } of order) {
      if (layer < 0) {
        const row = streamedInput?.rowBytes ?? 0;
        note(writes, streamed, time, { begin: event * row, end: (event + 1) * row });
      } else {
        const operator = graph.operators[layer];
        const access = accesses[layer]?.granules[granules[layers.indexOf(layer)] ?? -1]?.access;
        if (operator === undefined || access === undefined) throw new RangeError(`layer ${layer} is unknown`);
        for (const [slot, tensor] of operator.inputs.entries()) {
          if (byTensor.has(tensor)) note(reads, tensor, time, access.read(slot, event));
        }
        for (const [slot, tensor] of operator.outputs.entries()) {
          const value = plan.values[byTensor.get(tensor) ?? -1];
          if (value?.tensors[0] === tensor) note(writes, tensor, time, access.write(slot, event, reverse));
        }
      }
      time++;
    }
  }
  for (const output of graph.outputs) note(reads, output, time, whole(output));

  const extents = plan.values.map((value, i) => extentsOf(value.bytes, writes[i] ?? [], reads[i] ?? []));
  const scratch = plan.scratch.filter(({ kept }) => kept);
  const after = (event: number): readonly ByteRange[] => {
    const ranges: ByteRange[] = [];
    for (const [i, value] of plan.values.entries()) {
      const extent = lastAt(extents[i] ?? [], event);
      if (extent !== undefined) ranges.push(...placesOf(value, extent));
    }
    for (const { offset, bytes, first, last } of scratch) {
      if (first <= event && event < last) ranges.push([offset, offset + bytes]);
    }
    return merge(ranges);
  };
  return {
    events: time,
    after,
    deadAfter: (event) => complement(after(event), plan.arenaBytes),
    extents: (value) => extents[value] ?? [],
  };
}

/** After each event that changes it, what is written and still to be read. */
function extentsOf(bytes: number, writes: readonly Timed[], reads: readonly Timed[]): readonly Extent[] {
  const rest: Timed[] = [];
  let [begin, end] = [bytes, 0];
  for (const read of reads.slice().reverse()) {
    [begin, end] = [Math.min(begin, read.begin), Math.max(end, read.end)];
    rest.push({ time: read.time, begin, end });
  }
  rest.reverse();
  const extents: Extent[] = [];
  let [low, high] = [bytes, 0];
  let [nextWrite, nextRead] = [0, 0];
  const times = [...new Set([...writes, ...reads].map(({ time }) => time))].sort((a, b) => a - b);
  for (const time of times) {
    for (let write = writes[nextWrite]; write !== undefined && write.time <= time; write = writes[++nextWrite]) {
      [low, high] = [Math.min(low, write.begin), Math.max(high, write.end)];
    }
    for (let read = rest[nextRead]; read !== undefined && read.time <= time; read = rest[++nextRead]);
    const need = rest[nextRead] ?? { begin: 0, end: 0 };
    const [from, to] = [Math.max(low, need.begin), Math.min(high, need.end)];
    extents.push({ event: time, ...(to > from ? { begin: from, end: to } : { begin: 0, end: 0 }) });
  }
  return extents;
}

/** The last entry whose event is not after `event`. */
function lastAt(extents: readonly Extent[], event: number): Extent | undefined {
  let [low, high] = [0, extents.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((extents[middle] as Extent).event <= event) low = middle + 1;
    else high = middle;
  }
  return extents[low - 1];
}

/** Where bytes [begin, end) of a value lie in the arena. */
export function placesOf({ offset, layout }: PlannedValue, { begin, end }: Span): readonly ByteRange[] {
  if (end <= begin) return [];
  if (layout.kind === 'linear') return [[offset + begin, offset + end]];
  const { capacity } = layout;
  if (end - begin >= capacity) return [[offset, offset + capacity]];
  const [from, to] = [begin % capacity, ((end - 1) % capacity) + 1];
  if (from < to) return [[offset + from, offset + to]];
  return [
    [offset, offset + to],
    [offset + from, offset + capacity],
  ];
}

function merge(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const merged: [number, number][] = [];
  for (const [begin, end] of ranges.slice().sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && begin <= previous[1]) previous[1] = Math.max(previous[1], end);
    else merged.push([begin, end]);
  }
  return merged;
}

function complement(ranges: readonly ByteRange[], bytes: number): readonly ByteRange[] {
  const gaps: ByteRange[] = [];
  let end = 0;
  for (const [begin, next] of [...ranges, [bytes, bytes] as const]) {
    if (begin > end) gaps.push([end, begin]);
    end = next;
  }
  return gaps;
}
