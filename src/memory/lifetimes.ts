/** When the value of each tensor has to be in the arena, for a given operator order. */
import { ModelcError, type Place, type Problem } from '../errors.js';
import { byteLength, elementCount } from '../ir/element-type.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import type { OperatorOrder } from '../schedule/order.js';
import { tensorAlignment } from './alignment.js';
import type { Lifetime } from './types.js';

/** Arenas are addressed with 32 bits. */
const maxTensorBytes = 2 ** 32 - 1;

/**
 * Lifetimes by tensor index, ascending, of all tensors that need the arena: graph inputs, what operators write, graph
 * outputs. Constants live in flash; variable tensors and tensors without a size in bytes (resources) are not planned.
 *
 * Throws ModelcError `model/invalid` when a tensor is read before it is written, is written twice, or a graph output is
 * never written, and `fit/ram` when a tensor exceeds 32-bit addresses; all problems at once.
 */
export function tensorLifetimes(graph: Graph, order: OperatorOrder): ReadonlyMap<number, Lifetime> {
  assertPermutation(order, graph.operators.length);
  const problems: Problem[] = [];
  const lifetimes = new Map<number, { bytes: number; align: number; first: number; last: number }>();

  const write = (index: number, time: number, operator: Operator | undefined) => {
    const tensor = graph.tensors[index];
    if (tensor.isVariable) return;
    if (tensor.data !== undefined || lifetimes.has(index)) {
      if (operator !== undefined) problems.push(writtenTwice(operator, tensor));
      return;
    }
    const bytes = byteLength(tensor.type, elementCount(tensor.shape));
    if (bytes === undefined) return;
    if (!(bytes <= maxTensorBytes)) problems.push(tooLarge(operator, tensor, bytes));
    lifetimes.set(index, { bytes, align: tensorAlignment(tensor.type), first: time, last: time });
  };
  const read = (index: number, time: number, operator: Operator | undefined) => {
    const tensor = graph.tensors[index];
    const lifetime = lifetimes.get(index);
    if (lifetime !== undefined) lifetime.last = time;
    else if (isPlanned(tensor)) problems.push(neverWritten(operator, tensor));
  };

  for (const input of graph.inputs) write(input, -1, undefined);
  for (const [time, position] of order.entries()) {
    const operator = graph.operators[position];
    for (const input of operator.inputs) if (input >= 0) read(input, time, operator);
    for (const output of operator.outputs) write(output, time, operator);
  }
  for (const output of graph.outputs) read(output, order.length, undefined);

  if (problems.length > 0) throw new ModelcError(problems);
  return new Map([...lifetimes].sort(([a], [b]) => a - b));
}

function isPlanned(tensor: Tensor): boolean {
  return !tensor.isVariable && tensor.data === undefined && byteLength(tensor.type, 1) !== undefined;
}

function assertPermutation(order: OperatorOrder, count: number): void {
  const inRange = order.every((position) => Number.isInteger(position) && position >= 0 && position < count);
  const valid = inRange && order.length === count && new Set(order).size === count;
  if (!valid) throw new RangeError(`operator order is not a permutation of ${count} operators`);
}

function place(operator: Operator | undefined, tensor: Tensor): Place {
  return {
    ...(operator !== undefined && { operator: { index: operator.index, name: operator.name } }),
    tensor: { index: tensor.index, name: tensor.name },
  };
}

function writtenTwice(operator: Operator, tensor: Tensor): Problem {
  return {
    code: 'model/invalid',
    message: 'The operator writes a tensor that is a constant, a graph input or the output of another operator.',
    remedy: 'Convert the model again; every tensor has one writer.',
    place: place(operator, tensor),
  };
}

function neverWritten(operator: Operator | undefined, tensor: Tensor): Problem {
  return {
    code: 'model/invalid',
    message:
      operator === undefined
        ? 'This output of the model is written by no operator.'
        : 'The operator reads a tensor that is neither a constant nor a graph input, and no earlier operator writes it.',
    remedy: 'Convert the model again; operators must be stored in execution order.',
    place: place(operator, tensor),
  };
}

function tooLarge(operator: Operator | undefined, tensor: Tensor, bytes: number): Problem {
  return {
    code: 'fit/ram',
    message: `The tensor needs ${bytes} bytes, more than 32-bit addresses reach.`,
    remedy: 'Reduce the size of the input or of this layer.',
    place: place(operator, tensor),
  };
}
