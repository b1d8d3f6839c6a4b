/** Orders of operators that keep less in memory than the file's. */
import type { Graph } from '../ir/graph.js';
import type { MemoryProblem } from '../memory/values.js';
import type { OperatorOrder } from './order.js';

/** Most partial orders that are kept after each step; fewer for long models. */
const maxWidth = 64;
/** Layers and values that all partial orders together may be copied with; beyond, the search gives up. */
const maxCopies = 10_000_000;
/** Next layers of a partial order, typically. */
const typicalChoices = 4;

/** A partial order: which layers have run, what is alive, and the most there was. */
interface Partial {
  readonly done: ReadonlySet<number>;
  readonly order: readonly number[];
  /** Readers still to come, by value. */
  readonly readers: Int32Array;
  readonly live: number;
  readonly peak: number;
}

/**
 * An order in which the tensors alive at the fullest layer have fewer bytes than in the order of `problem`; undefined
 * when none is found, or the data leave no choice. Best first: of all partial orders of a length the fullest are dropped.
 */
export function searchOrder(graph: Graph, problem: MemoryProblem): OperatorOrder | undefined {
  const { layers, values } = problem;
  const isChain = layers.every(({ reads }, i) => reads.every(({ value }) => (value.writer?.layer ?? i - 1) === i - 1));
  if (isChain) return undefined;
  const copied = layers.length + values.length;
  const width = Math.max(1, Math.min(maxWidth, Math.floor(maxCopies / (typicalChoices * layers.length * copied))));
  let copies = maxCopies;
  let live = 0;
  for (const { bytes, writer } of values) if (writer === undefined) live += bytes;
  const readers = Int32Array.from(values, (value) => value.readers.length + Number(value.isOutput));
  const start: Partial = { done: new Set(), order: [], readers, live, peak: live };

  const given = layers.reduce<Partial>((state, _, layer) => step(state, layer), start);
  let states: readonly Partial[] = [start];
  for (let length = 0; length < layers.length; length++) {
    const grown = new Map<string, Partial>();
    for (const state of states) {
      for (const layer of layers.keys()) {
        if (state.done.has(layer) || !isReady(state, layer)) continue;
        copies -= copied;
        if (copies < 0) return undefined;
        const next = step(state, layer);
        if (next.peak >= given.peak) continue;
        const key = [...next.done].sort((a, b) => a - b).join();
        const known = grown.get(key);
        if (known === undefined || next.peak < known.peak) grown.set(key, next);
      }
    }
    states = [...grown.values()].sort((a, b) => a.peak - b.peak || a.live - b.live).slice(0, width);
  }
  const [best] = states;
  return best === undefined ? undefined : withRenamed(graph, problem, best.order);

  function isReady({ done }: Partial, layer: number): boolean {
    return (layers[layer]?.reads ?? []).every(
      ({ value }) => value.writer === undefined || done.has(value.writer.layer),
    );
  }

  function step(state: Partial, layer: number): Partial {
    const left = state.readers.slice();
    const { reads = [], writes = [], granules = [] } = layers[layer] ?? {};
    let held = state.live;
    for (const { value } of writes) held += value.bytes;
    const peak = Math.max(state.peak, held + (granules[0]?.scratchBytes ?? 0));
    for (const { value } of reads) {
      left[value.id] = (left[value.id] as number) - 1;
      if (left[value.id] === 0) held -= value.bytes;
    }
    for (const { value } of writes) if (left[value.id] === 0) held -= value.bytes;
    return {
      done: new Set([...state.done, layer]),
      order: [...state.order, layer],
      readers: left,
      live: held,
      peak,
    };
  }
}

/** Layers as positions of operators, and operators that only rename as soon as their input is there. */
function withRenamed(graph: Graph, { layers, renamed }: MemoryProblem, order: readonly number[]): OperatorOrder {
  const available = new Set(graph.inputs);
  const waiting = new Set(renamed);
  const positions: number[] = [];
  const run = (position: number) => {
    positions.push(position);
    for (const output of graph.operators[position]?.outputs ?? []) available.add(output);
  };
  const runRenamed = () => {
    for (let progress = true; progress; ) {
      progress = false;
      for (const position of waiting) {
        const inputs = graph.operators[position]?.inputs ?? [];
        if (!inputs.every((index) => index < 0 || available.has(index) || graph.tensors[index]?.data !== undefined))
          continue;
        waiting.delete(position);
        run(position);
        progress = true;
      }
    }
  };
  runRenamed();
  for (const layer of order) {
    const position = layers[layer]?.position ?? -1;
    if (position >= 0) run(position);
    runRenamed();
  }
  return positions;
}
