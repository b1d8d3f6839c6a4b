/**
 * Evaluates at compile time every operator whose result no input of the model can change: all of its inputs are
 * constants, or it only asks for a shape. Chains of SHAPE, STRIDED_SLICE and PACK in front of a RESHAPE vanish so.
 */
import { ModelcError } from '../errors.js';
import { allocate, bitsPerElement, elementCount, fromBytes, type TensorData, toBytes } from '../ir/element-type.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import { findOperator, prepareOperator } from '../operators/registry.js';

/** Results larger than this are left to run time: flash is better spent otherwise, and a file cannot make us allocate. */
const maximumBytes = 1 << 20;

export function foldConstants(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const operators: Operator[] = [];
  for (const operator of graph.operators) {
    const current = { ...graph, tensors };
    const results = isConstant(current, operator) ? evaluate(current, operator) : undefined;
    if (results === undefined) operators.push(operator);
    else {
      operator.outputs.forEach((index, slot) => {
        tensors[index] = { ...(tensors[index] as Tensor), data: toBytes(results[slot] as TensorData) };
      });
    }
  }
  return operators.length === graph.operators.length ? graph : { ...graph, tensors, operators };
}

function isConstant(graph: Graph, { name, inputs, outputs }: Operator): boolean {
  if (findOperator(name) === undefined) return false;
  const bytes = outputs.reduce((total, index) => {
    const { type, shape } = graph.tensors[index] as Tensor;
    return total + ((bitsPerElement(type) ?? Number.POSITIVE_INFINITY) / 8) * elementCount(shape);
  }, 0);
  if (!(bytes <= maximumBytes)) return false;
  return name === 'SHAPE' || inputs.every((index) => index < 0 || graph.tensors[index]?.data !== undefined);
}

/** The outputs of an operator with constant inputs; undefined when it cannot be prepared, which is reported later. */
function evaluate(graph: Graph, operator: Operator): TensorData[] | undefined {
  try {
    const { module, prepared } = prepareOperator(graph, operator);
    const outputs = operator.outputs.map((index) => {
      const { type, shape } = graph.tensors[index] as Tensor;
      return allocate(type, elementCount(shape)) as TensorData;
    });
    const inputs = operator.inputs.map((index) => {
      const tensor = graph.tensors[index];
      return tensor?.data === undefined ? undefined : fromBytes(tensor.type, elementCount(tensor.shape), tensor.data);
    });
    module.evaluate(prepared, inputs, outputs);
    return outputs;
  } catch (error) {
    if (error instanceof ModelcError) return undefined;
    throw error;
  }
}
