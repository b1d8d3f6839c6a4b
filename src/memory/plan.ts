/** The memory plan of a graph: from lifetimes to sharing to offsets. */
import type { Graph } from '../ir/graph.js';
import type { OperatorOrder } from '../schedule/order.js';
import { scratchAlignment } from './alignment.js';
import { tensorLifetimes } from './lifetimes.js';
import type { MemoryNeeds } from './needs.js';
import { defaultNodeLimit, liveBytesBound, pack } from './pack.js';
import { deriveStorages, type SharingChoice, type SharingDecision, type Storages } from './storages.js';
import type {
  Buffer,
  Decision,
  MemoryPlan,
  Packing,
  PlacedStorage,
  Region,
  Storage,
  TensorPlacement,
} from './types.js';

/** Everything in an arena, and so the arena, is aligned at least like this. */
const minArenaAlign = 4;
/** Alternatives to the sharing rule that are tried while a gap to the lower bound remains. */
const maxSharingTrials = 64;
/** Part of the arena that giving up an alias has to save: it costs the time of a copy. */
const minCopySaving = 1 / 64;
/** Above this number of buffers no alternatives are tried: each packs everything again. */
const maxTrialBuffers = 256;

export interface PlanOptions {
  /** Search nodes for the packing, see `PackOptions`; up to twice as many for alternatives to the sharing rule. */
  readonly nodeLimit?: number;
}

/** One choice of sharing with the packing it leads to. */
interface Candidate {
  readonly choices: ReadonlyMap<number, SharingChoice>;
  readonly storages: Storages;
  readonly buffers: readonly Buffer[];
  readonly packing: Packing;
}

/**
 * Plans the arena for whole tensors. `order` and `needs` are indexed like `graph.operators` (see `OperatorOrder`).
 *
 * All sharing that is legal gives the smallest lower bound (README.md). It also ties tensors to one offset, so when the
 * packing stays above the bound, the plan tries nothing in place, then other choices for single tensors, and keeps what
 * makes the arena smaller.
 *
 * Throws ModelcError as `tensorLifetimes` does.
 */
export function planMemory(
  graph: Graph,
  order: OperatorOrder,
  needs: readonly MemoryNeeds[],
  options: PlanOptions = {},
): MemoryPlan {
  const lifetimes = tensorLifetimes(graph, order);
  const scratch = scratchBuffers(order, needs);
  let trialNodes = 0;
  const candidate = (choices: ReadonlyMap<number, SharingChoice>, nodeLimit: number | undefined): Candidate => {
    const storages = deriveStorages(graph, order, needs, lifetimes, choices);
    const buffers = [...storages.storages.filter((storage) => storage.bytes > 0).map(toBuffer), ...scratch.buffers];
    const packing = pack(buffers, nodeLimit === undefined ? {} : { nodeLimit });
    trialNodes += packing.searchNodes;
    return { choices, storages, buffers, packing };
  };

  const shared = candidate(new Map(), options.nodeLimit);
  const alternatives = shared.storages.decisions
    .flatMap(({ tensor, sharing, alternatives }) =>
      alternatives.map((choice) => ({ tensor, choice, needsCopy: sharing.kind === 'alias' })),
    )
    .toSorted((a, b) => Number(a.needsCopy) - Number(b.needsCopy));
  // A storage has the strictest alignment of its tensors, so only without that is the bound one for all alternatives.
  const lowerBound =
    alternatives.length === 0
      ? shared.packing.lowerBound
      : liveBytesBound(shared.buffers.map((buffer) => ({ ...buffer, align: minArenaAlign })));

  let best = shared;
  const attempt = (choices: Candidate['choices'], nodeLimit: number | undefined, minSaving: number) => {
    const { arenaBytes } = best.packing;
    if (arenaBytes === lowerBound) return;
    const trial = candidate(choices, nodeLimit);
    if (arenaBytes - trial.packing.arenaBytes > minSaving * arenaBytes) best = trial;
  };
  const inPlace = shared.storages.decisions.filter(({ sharing }) => sharing.kind === 'overwrite');
  if (inPlace.length > 0) attempt(new Map(inPlace.map(({ tensor }) => [tensor, 'own'])), options.nodeLimit, 0);
  const trialLimit = Math.ceil((options.nodeLimit ?? defaultNodeLimit(shared.buffers)) / maxSharingTrials);
  const affordable = shared.buffers.length <= maxTrialBuffers ? alternatives.slice(0, maxSharingTrials) : [];
  for (const { tensor, choice, needsCopy } of affordable) {
    attempt(new Map([...best.choices, [tensor, choice]]), trialLimit, needsCopy ? minCopySaving : 0);
  }

  const { arenaBytes } = best.packing;
  const optimal = arenaBytes === lowerBound || (shared.packing.optimal && alternatives.length === 0);
  return {
    order,
    arenaBytes,
    arenaAlign: best.storages.storages.reduce((align, storage) => Math.max(align, storage.align), minArenaAlign),
    lowerBound,
    optimal,
    searchNodes: trialNodes,
    ...placements(lifetimes, best, scratch.operators, needs.length),
    decisions: [
      arenaDecision(graph, order, best, lowerBound, optimal, trialNodes),
      ...best.storages.decisions.map((decision) => describeSharing(graph, decision)),
    ],
  };
}

function toBuffer({ tensors, bytes, align, steps }: Storage): Buffer {
  const id = `tensor:${tensors[0]}`;
  return { id, bytes, align, first: steps[0].first, last: steps[steps.length - 1].last, steps };
}

/** A buffer for each operator with scratch, alive while it runs, and the operators' positions in the same order. */
function scratchBuffers(order: OperatorOrder, needs: readonly MemoryNeeds[]) {
  const buffers: Buffer[] = [];
  const operators: number[] = [];
  for (const [time, position] of order.entries()) {
    const bytes = needs[position]?.scratchBytes ?? 0;
    if (bytes === 0) continue;
    buffers.push({ id: `scratch:${position}`, bytes, align: scratchAlignment, first: time, last: time });
    operators.push(position);
  }
  return { buffers, operators };
}

/** Offsets of the packing, given back to storages, tensors and operators. Empty tensors lie at offset 0. */
function placements(
  lifetimes: ReturnType<typeof tensorLifetimes>,
  { storages: { storages, decisions }, buffers, packing }: Candidate,
  scratchOperators: readonly number[],
  operatorCount: number,
): Pick<MemoryPlan, 'storages' | 'tensors' | 'scratch'> {
  let next = 0;
  const placed = storages.map((storage) => ({
    ...storage,
    offset: storage.bytes > 0 ? packing.offsets[next++] : 0,
  }));
  const scratch = new Array<Region | undefined>(operatorCount).fill(undefined);
  for (const position of scratchOperators) {
    scratch[position] = { offset: packing.offsets[next], bytes: buffers[next].bytes };
    next++;
  }

  const sharing = new Map(decisions.map((decision) => [decision.tensor, decision.sharing]));
  const storageOf = new Map(placed.flatMap((storage) => storage.tensors.map((tensor) => [tensor, storage] as const)));
  const tensors = new Map<number, TensorPlacement>();
  for (const [tensor, lifetime] of lifetimes) {
    const { id, offset } = storageOf.get(tensor) as PlacedStorage;
    tensors.set(tensor, { ...lifetime, offset, storage: id, sharing: sharing.get(tensor) ?? { kind: 'own' } });
  }
  return { storages: placed, tensors, scratch };
}

function arenaDecision(
  graph: Graph,
  order: OperatorOrder,
  { buffers, packing }: Candidate,
  lowerBound: number,
  optimal: boolean,
  nodes: number,
): Decision {
  const peak = fullestLayer(buffers, order.length);
  const operator = graph.operators[order[peak.time] ?? -1];
  const where =
    operator !== undefined
      ? `while layer ${peak.time} ${operator.name} runs`
      : peak.time < 0
        ? 'in the inputs'
        : 'in the outputs';
  const floor = `${peak.bytes} bytes are alive ${where}`;
  const { arenaBytes } = packing;
  if (arenaBytes === lowerBound) {
    return {
      subject: 'arena',
      choice: `${arenaBytes} bytes`,
      reason: `the lower bound of this order is met: ${floor}`,
    };
  }
  const gap = `${arenaBytes - lowerBound} bytes above the lower bound of this order (${floor})`;
  const proof = optimal ? 'proven minimal' : 'the best found';
  return { subject: 'arena', choice: `${arenaBytes} bytes`, reason: `${gap}; ${proof} in ${nodes} search nodes` };
}

/** The first time at which most bytes are alive. Times run from −1 (inputs) to the number of layers (outputs). */
function fullestLayer(buffers: readonly Buffer[], layers: number): { time: number; bytes: number } {
  const change = new Float64Array(layers + 3);
  for (const { first, last, bytes } of buffers.flatMap((buffer) => buffer.steps ?? [buffer])) {
    change[first + 1] += bytes;
    change[last + 2] -= bytes;
  }
  let fullest = { time: -1, bytes: 0 };
  let bytes = 0;
  for (let time = -1; time <= layers; time++) {
    bytes += change[time + 1];
    if (bytes > fullest.bytes) fullest = { time, bytes };
  }
  return fullest;
}

function describeSharing(graph: Graph, { tensor, operator, sharing, reason }: SharingDecision): Decision {
  const name = (index: number) => `tensor ${index} "${graph.tensors[index].name}"`;
  const writer = graph.operators[operator];
  const source = sharing.kind === 'own' ? '' : name(writer.inputs[sharing.input]);
  const choices = {
    own: 'memory of its own',
    alias: `alias of ${source}`,
    overwrite: `written over ${source}`,
    copy: `memory of its own, copied from ${source}`,
  };
  return { subject: name(tensor), choice: choices[sharing.kind], reason };
}
