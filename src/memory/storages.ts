/** Which tensors share memory, by what the operators allow and what the lifetimes permit. */
import type { Graph, Operator } from '../ir/graph.js';
import type { OperatorOrder } from '../schedule/order.js';
import type { MemoryNeeds, Sharing } from './needs.js';
import type { Lifetime, MemorySharing, Step, Storage } from './types.js';

/** How one output came by its memory. */
export interface SharingDecision {
  readonly tensor: number;
  /** Position in `graph.operators` of the operator that writes the tensor. */
  readonly operator: number;
  readonly sharing: MemorySharing;
  readonly reason: string;
  /** Every other legal way, given the decisions before this one; `'own'` included. */
  readonly alternatives: readonly SharingChoice[];
}

/** The input slot whose memory an output takes, or memory of its own. */
export type SharingChoice = number | 'own';

/** Choices that differ from the rule, by tensor index of the output. */
export type SharingChoices = ReadonlyMap<number, SharingChoice>;

export interface Storages {
  readonly storages: readonly Storage[];
  /** One for each output the arena holds, in the order in which they are written. */
  readonly decisions: readonly SharingDecision[];
}

/** A storage under construction. */
interface Group {
  readonly tensors: number[];
  /** The last layer that reads one of the tensors. */
  last: number;
}

/** What the rules of sharing look at: one operator and the storages before it runs. */
interface Layer {
  readonly graph: Graph;
  readonly operator: Operator;
  readonly time: number;
  readonly lifetimes: ReadonlyMap<number, Lifetime>;
  readonly offers: readonly Sharing[];
  readonly groupOf: ReadonlyMap<number, Group>;
  /** Storages that outputs of this operator have already joined. */
  readonly joined: ReadonlyMap<Group, Sharing['kind']>;
}

/**
 * Shares memory wherever it is legal: an alias when the operator offers one, else the first legal overwrite. `choices`
 * selects otherwise for single outputs; a choice that is not legal is ignored. `needs` is indexed like
 * `graph.operators`.
 *
 * An alias is legal when the input is in the arena and has as many bytes. An overwrite is legal when nothing in the
 * storage is read later, when it has room for the output, and when every other slot through which the operator reads
 * the storage is declared as overwritten by the same output: all tensors of a storage start at the same offset, so the
 * declarations together say that no byte is written before its last reading.
 *
 * Outputs of one operator that compete for an input are served by size. Full sharing is proven to give the smallest
 * lower bound for operators whose outputs do not compete for more than one input; TFLite has no others.
 */
export function deriveStorages(
  graph: Graph,
  order: OperatorOrder,
  needs: readonly MemoryNeeds[],
  lifetimes: ReadonlyMap<number, Lifetime>,
  choices: SharingChoices = new Map(),
): Storages {
  const groups: Group[] = [];
  const groupOf = new Map<number, Group>();
  const decisions: SharingDecision[] = [];

  const join = (group: Group, tensor: number) => {
    group.tensors.push(tensor);
    group.last = Math.max(group.last, lifetimeOf(lifetimes, tensor).last);
    groupOf.set(tensor, group);
  };
  const open = (tensor: number) => {
    const group: Group = { tensors: [], last: -1 };
    groups.push(group);
    join(group, tensor);
  };

  for (const input of new Set(graph.inputs)) if (lifetimes.has(input)) open(input);

  for (const [time, position] of order.entries()) {
    const operator = graph.operators[position];
    const offers = needs[position]?.sharing ?? [];
    const joined = new Map<Group, Sharing['kind']>();
    const layer: Layer = { graph, operator, time, lifetimes, offers, groupOf, joined };
    for (const slot of largestFirst(operator, lifetimes)) {
      const tensor = operator.outputs[slot];
      const verdicts = offers
        .filter((offer) => offer.output === slot)
        .map((offer) => ({ offer, refusal: refusalOf(layer, offer) }))
        .sort((a, b) => Number(a.offer.kind === 'overwrite') - Number(b.offer.kind === 'overwrite'));
      const legal = verdicts.filter(({ refusal }) => refusal === undefined).map(({ offer }) => offer);
      const choice = choices.get(tensor);
      const chosen = choice === 'own' ? undefined : (legal.find((offer) => offer.input === choice) ?? legal[0]);
      const group = chosen && groupOf.get(operator.inputs[chosen.input]);
      const alternatives: SharingChoice[] = legal.filter((offer) => offer !== chosen).map((offer) => offer.input);

      if (chosen !== undefined && group !== undefined) {
        joined.set(group, chosen.kind);
        join(group, tensor);
        const reason =
          chosen.kind === 'alias'
            ? 'the operator changes no byte'
            : 'the operator may write over this input, and no later layer reads it';
        const sharing = { kind: chosen.kind, input: chosen.input };
        decisions.push({ tensor, operator: position, sharing, reason, alternatives: [...alternatives, 'own'] });
      } else {
        open(tensor);
        const alias = verdicts.find(({ offer }) => offer.kind === 'alias');
        const sharing: MemorySharing =
          alias === undefined ? { kind: 'own' } : { kind: 'copy', input: alias.offer.input };
        const reason =
          legal.length > 0
            ? 'sharing is possible, but apart the tensors pack into a smaller arena'
            : verdicts.map(({ refusal }) => refusal).join('; ') || 'the operator cannot share memory';
        decisions.push({ tensor, operator: position, sharing, reason, alternatives });
      }
    }
  }

  return { storages: groups.map((group, id) => toStorage(id, group.tensors, lifetimes)), decisions };
}

/** Why an offer to share cannot be taken; undefined when it can. */
function refusalOf(layer: Layer, { kind, input: slot, output }: Sharing): string | undefined {
  const { graph, operator, time, lifetimes, offers, groupOf, joined } = layer;
  const input = operator.inputs[slot] ?? -1;
  if (input < 0) return `input ${slot} is omitted`;
  const name = describe(graph, input);
  const group = groupOf.get(input);
  if (group === undefined) return `${name} is not in the arena`;
  if (joined.get(group) === 'overwrite') return `another output is written over ${name}`;
  const [room, bytes] = [input, operator.outputs[output]].map((tensor) => lifetimeOf(lifetimes, tensor).bytes);
  if (kind === 'alias') return room === bytes ? undefined : `${name} has another size`;

  if (joined.has(group)) return `another output is an alias of ${name}`;
  if (group.last > time) {
    const reader = group.tensors.find((tensor) => lifetimeOf(lifetimes, tensor).last === group.last) as number;
    const inputOrAlias = reader === input ? name : `${name} shares memory with ${describe(graph, reader)}, which`;
    const isOutput = graph.outputs.includes(reader);
    return `${inputOrAlias} is ${isOutput ? 'an output of the model' : `read again by layer ${group.last}`}`;
  }
  if (room < bytes) return `${name} is smaller than the output`;
  const isDeclared = (other: number) =>
    offers.some((offer) => offer.kind === 'overwrite' && offer.input === other && offer.output === output);
  const unsafe = operator.inputs.findIndex((tensor, other) => groupOf.get(tensor) === group && !isDeclared(other));
  return unsafe < 0 ? undefined : `the operator reads ${name} through input ${unsafe} as well`;
}

function lifetimeOf(lifetimes: ReadonlyMap<number, Lifetime>, tensor: number): Lifetime {
  return lifetimes.get(tensor) as Lifetime;
}

/** Output slots of tensors in the arena, large ones first: they gain most by sharing. */
function largestFirst(operator: Operator, lifetimes: ReadonlyMap<number, Lifetime>): readonly number[] {
  const bytes = (slot: number) => lifetimeOf(lifetimes, operator.outputs[slot]).bytes;
  return [...operator.outputs.keys()]
    .filter((slot) => lifetimes.has(operator.outputs[slot]))
    .sort((a, b) => bytes(b) - bytes(a) || a - b);
}

function describe(graph: Graph, index: number): string {
  return `tensor ${index} "${graph.tensors[index].name}"`;
}

function toStorage(id: number, tensors: readonly number[], lifetimes: ReadonlyMap<number, Lifetime>): Storage {
  const members = tensors.map((tensor) => lifetimeOf(lifetimes, tensor));
  const start = members[0];
  return {
    id,
    tensors,
    bytes: start.bytes,
    align: members.reduce((align, member) => Math.max(align, member.align), 1),
    first: start.first,
    last: members.reduce((last, member) => Math.max(last, member.last), start.last),
    steps: stepsOf(members),
  };
}

/**
 * Bytes in use over time. Members are written one after another and never grow: an alias has the size of its input,
 * an overwrite fits into it. So the first member alive is the largest.
 */
function stepsOf(members: readonly Lifetime[]): readonly Step[] {
  const steps: { first: number; last: number; bytes: number }[] = [];
  for (const { bytes, first, last } of members) {
    const previous = steps.at(-1);
    if (bytes === 0) break;
    if (previous?.bytes === bytes) previous.last = Math.max(previous.last, last);
    else if (previous === undefined) steps.push({ first, last, bytes });
    else if (last > previous.last) steps.push({ first: previous.last + 1, last, bytes });
  }
  return steps;
}
