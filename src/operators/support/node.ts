/** Resolves an operator's tensors for `prepare`, with failures placed at the operator. */
import { ModelcError, type Place, type ProblemCode } from '../../errors.js';
import { elementCount, fromBytes } from '../../ir/element-type.js';
import type { Graph, Operator, Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';

export function createNode(graph: Graph, operator: Operator): Node {
  const fail = (code: ProblemCode, message: string, remedy: string, tensor?: Tensor): never => {
    const place: Place = {
      operator: { index: operator.index, name: operator.name },
      ...(tensor === undefined ? {} : { tensor: { index: tensor.index, name: tensor.name } }),
    };
    throw new ModelcError({ code, message, remedy, place });
  };
  const optionalInput = (slot: number): Tensor | undefined => {
    const index = operator.inputs[slot];
    return index === undefined || index < 0 ? undefined : graph.tensors[index];
  };
  return {
    operator,
    inputCount: operator.inputs.length,
    outputCount: operator.outputs.length,
    optionalInput,
    input: (slot) =>
      optionalInput(slot) ??
      fail(
        'model/invalid',
        `Input ${slot} is missing.`,
        'Convert the model again; the file is not a valid TFLite model.',
      ),
    output: (slot) => {
      const index = operator.outputs[slot];
      const tensor = index === undefined ? undefined : graph.tensors[index];
      return (
        tensor ??
        fail(
          'model/invalid',
          `Output ${slot} is missing.`,
          'Convert the model again; the file is not a valid TFLite model.',
        )
      );
    },
    constant: (tensor) => {
      if (tensor.data === undefined) {
        return fail(
          'model/unsupported-option',
          'This input is computed at run time, but modelc needs it as a constant.',
          'Freeze it into the model before converting.',
          tensor,
        );
      }
      const values = fromBytes(tensor.type, elementCount(tensor.shape), tensor.data);
      return (
        values ??
        fail(
          'model/invalid',
          `The constant has ${tensor.data.length} bytes, which does not fit its type ${tensor.type} and shape [${tensor.shape}].`,
          'Convert the model again.',
          tensor,
        )
      );
    },
    fail,
  };
}

/** Fails the model unless the shapes are equal. */
export function requireShape(node: Node, tensor: Tensor, expected: readonly number[]): void {
  if (tensor.shape.length === expected.length && tensor.shape.every((extent, i) => extent === expected[i])) return;
  node.fail(
    'model/shape',
    `The tensor has shape [${tensor.shape}], but the operator's inputs and options give [${expected}].`,
    'Convert the model again with static shapes.',
    tensor,
  );
}

/** Fails the model unless the tensor has `rank` dimensions. */
export function requireRank(node: Node, tensor: Tensor, rank: number): void {
  if (tensor.shape.length === rank) return;
  node.fail(
    'model/shape',
    `The tensor has ${tensor.shape.length} dimensions, ${node.operator.name} needs ${rank}.`,
    'Reshape it in the model.',
    tensor,
  );
}

/** A numeric option; `fallback` when the file does not state it. */
export function numberOption(node: Node, name: string, fallback: number): number {
  const value = node.operator.options[name];
  return typeof value === 'number' ? value : fallback;
}

export function booleanOption(node: Node, name: string): boolean {
  return node.operator.options[name] === true;
}

/** An integer option that must be at least 1, such as a stride. */
export function positiveOption(node: Node, name: string, fallback: number): number {
  const value = numberOption(node, name, fallback);
  if (Number.isInteger(value) && value >= 1 && value <= 0xffff) return value;
  return node.fail(
    'model/invalid',
    `Option ${name} is ${value}; it must be between 1 and 65535.`,
    'Convert the model again.',
  );
}

/**
 * `axis` counted from the front: negative axes count from the end. Fails when it is outside `tensor`, which has `rank`
 * dimensions (one fewer when the operator adds one).
 */
export function normalizeAxis(node: Node, axis: number, rank: number, tensor: Tensor): number {
  const normalized = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(normalized) && normalized >= 0 && normalized < rank) return normalized;
  return node.fail('model/invalid', `Axis ${axis} is outside ${rank} dimensions.`, 'Convert the model again.', tensor);
}

/** Values of a constant tensor of `indexTypes` as plain numbers. */
export function constantIntegers(node: Node, tensor: Tensor): number[] {
  return Array.from(node.constant(tensor), Number);
}
