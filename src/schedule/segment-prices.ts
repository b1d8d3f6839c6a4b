/** What a segment would cost: the bytes in use at its fullest event. */
import type { Granule } from '../memory/access.js';
import { type EventTable, eventTable } from '../memory/event-table.js';
import { LiveBytes, usage, walkSegment } from '../memory/liveness.js';
import { runSegment, type SegmentRun, type SegmentValue, segmentValues } from '../memory/segment-run.js';
import type { MemoryProblem, Value } from '../memory/values.js';

export interface Segment {
  /** Layers `first` … `last` of `MemoryProblem.layers`. */
  readonly first: number;
  readonly last: number;
  readonly reverse: boolean;
}

export interface PricedSegment extends Segment {
  readonly bytes: number;
}

/** A segment with its events, and where its values go. */
export interface SegmentEvents {
  readonly run: SegmentRun;
  readonly values: ReadonlyMap<number, SegmentValue>;
}

interface ByteHull {
  readonly begin: number;
  readonly end: number;
}

/** What a reader of a value and all that come after it read. */
interface LaterReads {
  readonly layer: number;
  readonly hull: ByteHull;
}

const none: ByteHull = { begin: 0, end: 0 };

/** Tables of events by granule and direction, which depend on nothing else. Shared by all pricing of one problem. */
export class EventTables {
  readonly #tables = new Map<Granule, { forward?: EventTable; backward?: EventTable }>();

  constructor(private readonly problem: MemoryProblem) {}

  of(layer: number, granule: Granule, reverse: boolean): EventTable {
    let known = this.#tables.get(granule);
    if (known === undefined) {
      known = {};
      this.#tables.set(granule, known);
    }
    const key = reverse ? 'backward' : 'forward';
    const table = known[key] ?? eventTable(layerAt(this.problem, layer), granule, reverse);
    known[key] = table;
    return table;
  }
}

/** Prices segments of a problem for one choice of granules, by layer. */
export class SegmentPrices {
  readonly #prices = new Map<number, PricedSegment>();
  /** By value, in ascending order of readers. */
  readonly #reads = new Map<number, readonly LaterReads[]>();
  /** Bytes alive between layer k − 1 and layer k. */
  readonly cuts: readonly number[];
  #pricedEvents = 0;

  constructor(
    readonly problem: MemoryProblem,
    readonly granules: readonly Granule[],
    private readonly tables: EventTables,
  ) {
    this.cuts = this.#cuts();
  }

  /** Events walked through to find prices so far. */
  get pricedEvents(): number {
    return this.#pricedEvents;
  }

  /** The cheaper direction; forward when both cost the same. */
  price(first: number, last: number): PricedSegment {
    const key = first * (this.problem.layers.length + 1) + last;
    let known = this.#prices.get(key);
    if (known === undefined) {
      known = this.priceOf({ first, last, reverse: false });
      if (this.canReverse(first, last)) {
        const backward = this.priceOf({ first, last, reverse: true });
        if (backward.bytes < known.bytes) known = backward;
      }
      this.#prices.set(key, known);
    }
    return known;
  }

  known(first: number, last: number): PricedSegment | undefined {
    return this.#prices.get(first * (this.problem.layers.length + 1) + last);
  }

  /** No segment costs less: what is alive before and after it. */
  leastPrice(first: number, last: number): number {
    return Math.max(this.cuts[first] as number, this.cuts[last + 1] as number);
  }

  canReverse(first: number, last: number): boolean {
    let events = 0;
    for (let layer = first; layer <= last; layer++) {
      const { access } = this.granules[layer] as Granule;
      if (!access.reversible) return false;
      events = Math.max(events, access.events);
    }
    return events > 1;
  }

  priceOf(segment: Segment): PricedSegment {
    const { run, values } = this.events(segment);
    this.#pricedEvents += run.order.length;
    const held = new LiveBytes();
    for (const { value, write } of values.values()) {
      if (write !== undefined) continue;
      const need = this.later(value, segment.first - 1);
      held.set(value.id, need.begin, need.end);
    }
    const others = (this.cuts[segment.first] as number) - held.total;
    let bytes = 0;
    walkSegment(run, values, this.problem.values.length, held, (event) => {
      bytes = Math.max(bytes, usage(event, held));
    });
    return { ...segment, bytes: Math.max(bytes + others, this.leastPrice(segment.first, segment.last)) };
  }

  events({ first, last, reverse }: Segment): SegmentEvents {
    const tables: EventTable[] = [];
    for (let layer = first; layer <= last; layer++) {
      tables.push(this.tables.of(layer, this.granules[layer] as Granule, reverse));
    }
    const values = segmentValues(this.problem, first, tables, (value, layer) => this.later(value, layer));
    return { run: runSegment(first, reverse, tables, values), values };
  }

  /** Hull of the bytes of a value that layers behind `layer` and the caller read. */
  later(value: Value, layer: number): ByteHull {
    if (value.isOutput) return { begin: 0, end: value.bytes };
    const reads = this.#readsOf(value);
    // readers ascend: the first one behind `layer` knows of all that follow
    let [from, to] = [0, reads.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((reads[middle] as LaterReads).layer > layer) to = middle;
      else from = middle + 1;
    }
    return reads[from]?.hull ?? none;
  }

  #readsOf(value: Value): readonly LaterReads[] {
    const known = this.#reads.get(value.id);
    if (known !== undefined) return known;
    const reads: LaterReads[] = [];
    let hull: ByteHull = none;
    for (const { layer, slot } of value.readers.toSorted((a, b) => b.layer - a.layer)) {
      const table = this.tables.of(layer, this.granules[layer] as Granule, false);
      const read = table.reads.find((candidate) => candidate.slot === slot);
      const [begin, end] = [read?.restBegin[0] ?? 0, read?.restEnd[0] ?? 0];
      if (end > begin) {
        hull = hull === none ? { begin, end } : { begin: Math.min(hull.begin, begin), end: Math.max(hull.end, end) };
      }
      reads.push({ layer, hull });
    }
    reads.reverse();
    this.#reads.set(value.id, reads);
    return reads;
  }

  #cuts(): number[] {
    const { layers, values } = this.problem;
    const cuts = new Array<number>(layers.length + 1).fill(0);
    for (const value of values) {
      const last = value.isOutput ? layers.length : Math.max(-1, ...value.readers.map(({ layer }) => layer));
      for (let cut = (value.writer?.layer ?? -1) + 1; cut <= last; cut++) {
        const { begin, end } = this.later(value, cut - 1);
        cuts[cut] = (cuts[cut] as number) + end - begin;
      }
    }
    return cuts;
  }
}

function layerAt(problem: MemoryProblem, layer: number) {
  const found = problem.layers[layer];
  if (found === undefined) throw new RangeError(`layer ${layer} of ${problem.layers.length}`);
  return found;
}
