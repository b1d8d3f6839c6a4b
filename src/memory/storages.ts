/** Which tensors share memory, by what the operators allow and what the lifetimes permit. */
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import type { MemoryNeeds } from '../operators/operator.js';
import type { OperatorOrder } from '../schedule/order.js';
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
  last: number;
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

  const open = (tensor: number) => {
    const group: Group = { tensors: [], last: -1 };
    groups.push(group);
    join(group, tensor);
  };
  const join = (group: Group, tensor: number) => {
    group.tensors.push(tensor);
    group.last = Math.max(group.last, lifetimes.get(tensor)!.last);
    groupOf.set(tensor, group);
  };

  for (const input of new Set(graph.inputs)) if (lifetimes.has(input)) open(input);

  for (const [time, position] of order.entries()) {
    const operator = graph.operators[position] as Operator;
    const offers = needs[position]?.sharing ?? [];
    const taken = new Map<Group, 'alias' | 'overwrite'>();
    for (const slot of largestFirst(operator, lifetimes)) {
      const tensor = operator.outputs[slot]!;
      const overwritten = new Set(offers.filter((o) => o.output === slot).map((o) => o.input));
      const refusals: string[] = [];
      const legal = offers
        .filter((offer) => offer.output === slot)
        .toSorted((a, b) => Number(a.kind === 'overwrite') - Number(b.kind === 'overwrite'))
        .filter((offer) => {
          const refusal = refuse(offer.kind, offer.input, tensor, overwritten);
          if (refusal !== undefined) refusals.push(refusal);
          return refusal === undefined;
        });
      const choice = choices.get(tensor);
      const chosen = choice === 'own' ? undefined : (legal.find((offer) => offer.input === choice) ?? legal[0]);
      const offeredAlias = offers.find((offer) => offer.output === slot && offer.kind === 'alias');
      const group = chosen && groupOf.get(operator.inputs[chosen.input]!);

      let sharing: MemorySharing;
      let reason: string;
      if (chosen !== undefined && group !== undefined) {
        sharing = { kind: chosen.kind, input: chosen.input };
        reason =
          chosen.kind === 'alias'
            ? 'the operator changes no byte'
            : 'the operator may write over this input, and no later layer reads it';
        taken.set(group, chosen.kind);
        join(group, tensor);
      } else {
        sharing = offeredAlias === undefined ? { kind: 'own' } : { kind: 'copy', input: offeredAlias.input };
        reason =
          legal.length > 0
            ? 'sharing is possible here, but apart the tensors pack into a smaller arena'
            : refusals.length > 0
              ? refusals.join('; ')
              : 'the operator cannot share memory';
        open(tensor);
      }
      const alternatives: SharingChoice[] = legal.filter((offer) => offer !== chosen).map((offer) => offer.input);
      if (chosen !== undefined) alternatives.push('own');
      decisions.push({ tensor, operator: position, sharing, reason, alternatives });
    }

    /** Why an offer cannot be taken; undefined when it can. */
    function refuse(kind: 'alias' | 'overwrite', slot: number, output: number, declared: ReadonlySet<number>) {
      const input = operator.inputs[slot] ?? -1;
      if (input < 0) return `input ${slot} is omitted`;
      const group = groupOf.get(input);
      if (group === undefined) return `${describe(graph, input)} is not in the arena`;
      const [inputBytes, outputBytes] = [lifetimes.get(input)!.bytes, lifetimes.get(output)!.bytes];
      if (taken.get(group) === 'overwrite') return `another output is written over ${describe(graph, input)}`;
      if (kind === 'alias') {
        return inputBytes === outputBytes ? undefined : `${describe(graph, input)} has another size`;
      }
      if (taken.has(group)) return `another output is an alias of ${describe(graph, input)}`;
      if (group.last > time) {
        const reader = group.tensors.find((t) => lifetimes.get(t)!.last === group.last)!;
        return group.last === order.length
          ? `${describe(graph, reader)} is an output of the model`
          : `${describe(graph, reader)} is read again by layer ${group.last}`;
      }
      if (inputBytes < outputBytes) return `${describe(graph, input)} is smaller than the output`;
      const unsafe = operator.inputs.findIndex((t, s) => groupOf.get(t) === group && !declared.has(s));
      return unsafe < 0 ? undefined : `the operator reads ${describe(graph, input)} through input ${unsafe} as well`;
    }
  }

  return { storages: groups.map((group, id) => toStorage(id, group.tensors, lifetimes)), decisions };
}

/** Output slots of tensors in the arena, large ones first: they gain most by sharing. */
function largestFirst(operator: Operator, lifetimes: ReadonlyMap<number, Lifetime>): readonly number[] {
  const bytes = (slot: number) => lifetimes.get(operator.outputs[slot]!)!.bytes;
  return [...operator.outputs.keys()]
    .filter((slot) => lifetimes.has(operator.outputs[slot]!))
    .sort((a, b) => bytes(b) - bytes(a) || a - b);
}

function describe(graph: Graph, index: number): string {
  return `tensor ${index} "${(graph.tensors[index] as Tensor).name}"`;
}

function toStorage(id: number, tensors: readonly number[], lifetimes: ReadonlyMap<number, Lifetime>): Storage {
  const members = tensors.map((tensor) => lifetimes.get(tensor)!);
  const start = members[0]!;
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
