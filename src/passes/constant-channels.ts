/**
 * Compiles a model without the channels that have one value for every input. Training leaves such channels: a bias so
 * low that a RELU clamps whatever the weights add. Intervals of codes are followed from the model's inputs through the
 * operators, in their own integer arithmetic, so what is found constant is constant.
 */
import { ModelcError } from '../errors.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import { findOperator, prepareOperator } from '../operators/registry.js';
import type { ChannelRange, ChannelRule, Dropped } from '../operators/support/channels.js';

/** What following intervals may take; operators beyond count as unknown, so a file cannot keep us busy. */
const maximumSteps = 1 << 28;
/** Kernels read channels in groups of four: a multiple stays a multiple. */
const group = 4;

/** One operator that says how its channels depend on each other. */
interface RuledOperator {
  readonly operator: Operator;
  readonly rule: ChannelRule;
  /** Computed inputs, in order. */
  readonly inputs: readonly number[];
  readonly output: number;
}

export function dropConstantChannels(graph: Graph): Graph {
  const ruled = graph.operators.flatMap((operator) => ruleOf(graph, operator) ?? []);
  const reach = followRanges(graph, ruled);
  const fixed = fixedTensors(graph, ruled);
  const dropped = new Map<number, Dropped>();
  for (const members of tensorClasses(graph, ruled)) {
    if (members.some((index) => fixed.has(index))) continue;
    for (const [tensor, channels] of removable(graph, ruled, reach, members)) dropped.set(tensor, channels);
  }
  return dropped.size === 0 ? graph : rewrite(graph, ruled, dropped);
}

/** Tensors whose channels must all stay: the model's edges, and what operators without a rule write or read. */
function fixedTensors(graph: Graph, ruled: readonly RuledOperator[]): ReadonlySet<number> {
  const withRule = new Set(ruled.map(({ operator }) => operator));
  const others = graph.operators.filter((operator) => !withRule.has(operator));
  return new Set([
    ...graph.inputs,
    ...graph.outputs,
    ...others.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ]);
}

function channelCount({ shape }: Tensor): number {
  return shape.at(-1) ?? 1;
}

/** Undefined for operators without a rule, and where tensors are not as rules assume. */
function ruleOf(graph: Graph, operator: Operator): RuledOperator | undefined {
  const [output, ...others] = operator.outputs;
  if (output === undefined || others.length > 0 || findOperator(operator.name)?.channels === undefined)
    return undefined;
  const rule = attempt(() => prepareOperator(graph, operator).channels());
  if (rule === undefined) return undefined;
  const computed = operator.inputs.filter((index) => index >= 0 && graph.tensors[index]?.data === undefined);
  const tensors = [...computed, output].map((index) => graph.tensors[index] as Tensor);
  if (tensors.some(({ type, shape }) => type !== 'int8' || shape.length === 0)) return undefined;
  if (rule.relation === 'mix') {
    const isWhole = computed.length === 1 && computed[0] === operator.inputs[0];
    const hasChannels = channelCount(tensors[0] as Tensor) === rule.inputChannels;
    return isWhole && hasChannels ? { operator, rule, inputs: computed, output } : undefined;
  }
  const sameChannels = tensors.every((tensor) => channelCount(tensor) === channelCount(tensors[0] as Tensor));
  const int8Operands = operator.inputs.filter((index) => graph.tensors[index]?.type === 'int8').length;
  // constants beside computed operands are filters, which the rule replaces, or refused
  const isWhole = rule.constants !== undefined || int8Operands === computed.length;
  return sameChannels && isWhole ? { operator, rule, inputs: computed, output } : undefined;
}

/** Codes of the channels of each tensor about which something is known. */
function followRanges(graph: Graph, ruled: readonly RuledOperator[]): ReadonlyMap<number, readonly ChannelRange[]> {
  const known = new Map<number, readonly ChannelRange[]>();
  const rangesOf = (index: number) =>
    known.get(index) ??
    new Array<ChannelRange>(channelCount(graph.tensors[index] as Tensor)).fill({ low: -128, high: 127 });
  let steps = 0;
  for (const { rule, inputs, output } of ruled) {
    steps += rule.steps;
    if (steps > maximumSteps) break;
    known.set(output, rule.reach(inputs.map(rangesOf)));
  }
  return known;
}

/** Tensors that lose the same channels or none: those that operators of relation `each` connect. */
function tensorClasses(graph: Graph, ruled: readonly RuledOperator[]): readonly (readonly number[])[] {
  const parent = graph.tensors.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] as number;
    parent[index] = at;
    return at;
  };
  for (const { rule, inputs, output } of ruled) {
    if (rule.relation === 'each') for (const input of inputs) parent[root(input)] = root(output);
  }
  const classes = new Map<number, number[]>();
  for (const { inputs, output } of ruled) {
    for (const index of [...inputs, output]) {
      const members = classes.get(root(index)) ?? [];
      if (!members.includes(index)) members.push(index);
      classes.set(root(index), members);
    }
  }
  return [...classes.values()];
}

/** The channels that all tensors of a class can lose, with the code each has there; empty when there are none. */
function removable(
  graph: Graph,
  ruled: readonly RuledOperator[],
  reach: ReadonlyMap<number, readonly ChannelRange[]>,
  members: readonly number[],
): ReadonlyMap<number, Dropped> {
  const count = channelCount(graph.tensors[members[0] as number] as Tensor);
  const inside = new Set(members);
  const readers = ruled.filter(({ rule, inputs }) => rule.relation === 'mix' && inside.has(inputs[0] as number));
  const codeOf = (index: number, channel: number): number | undefined => {
    const range = reach.get(index)?.[channel];
    return range !== undefined && range.low === range.high ? range.low : undefined;
  };
  const canLose = (channel: number) =>
    members.every((index) => codeOf(index, channel) !== undefined) &&
    readers.every(({ rule, inputs }) => rule.canDrop?.(codeOf(inputs[0] as number, channel) as number) === true);
  const constant = Array.from({ length: count }, (_, channel) => channel).filter(canLose);
  const needed = Math.max(1, count - constant.length);
  const kept = count % group === 0 ? Math.ceil(needed / group) * group : needed;
  const channels = constant.slice(0, Math.max(0, count - kept));
  if (channels.length === 0) return new Map();
  return new Map(
    members.map((index) => [index, new Map(channels.map((channel) => [channel, codeOf(index, channel) as number]))]),
  );
}

function rewrite(graph: Graph, ruled: readonly RuledOperator[], dropped: ReadonlyMap<number, Dropped>): Graph {
  const tensors = graph.tensors.map((tensor): Tensor => {
    const lost = dropped.get(tensor.index)?.size ?? 0;
    return lost === 0 ? tensor : { ...tensor, shape: [...tensor.shape.slice(0, -1), channelCount(tensor) - lost] };
  });
  const none: Dropped = new Map();
  const rules = new Map(ruled.map((found) => [found.operator, found]));
  const operators = graph.operators.map((operator): Operator => {
    const found = rules.get(operator);
    const [input, output] = [found?.inputs[0], found?.output].map((index) => dropped.get(index ?? -1) ?? none);
    if (found?.rule.constants === undefined || (input?.size === 0 && output?.size === 0)) return operator;
    const inputs = [...operator.inputs];
    for (const [slot, constant] of found.rule.constants(input as Dropped, output as Dropped)) {
      const replaced = graph.tensors[inputs[slot] ?? -1];
      inputs[slot] = tensors.length;
      tensors.push({
        ...constant,
        index: tensors.length,
        name: replaced?.name ?? `${graph.tensors[found.output]?.name}/bias`,
        isVariable: false,
        isStatic: true,
      });
    }
    return { ...operator, inputs };
  });
  return { ...graph, tensors, operators };
}

/** Undefined when the operator cannot be prepared, which is reported later. */
function attempt<T>(action: () => T | undefined): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ModelcError) return undefined;
    throw error;
  }
}
