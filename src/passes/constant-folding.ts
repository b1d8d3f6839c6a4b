/**
 * Evaluates at compile time every operator whose result no input of the model can change: all of its inputs are
 * constants, or it only asks for a shape. Chains of SHAPE, STRIDED_SLICE and PACK in front of a RESHAPE vanish so.
 */
import { ModelcError } from '../errors.js';
import { constantValue, evaluateLayer } from '../interpreter/interpreter.js';
import { bitsPerElement, elementCount, type TensorData, toBytes } from '../ir/element-type.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import { evaluationSteps } from '../operators/cost.js';
import { findOperator, type Layer, prepareOperator } from '../operators/registry.js';

/** Larger results are left to run time: flash is better spent otherwise, and a file cannot make us allocate. */
const maximumBytes = 1 << 20;
/** What all folding together may take; operators beyond are left to run time. */
const maximumTotalBytes = 1 << 23;
const maximumTotalSteps = 1 << 24;

export function foldConstants(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const operators: Operator[] = [];
  let bytes = 0;
  let steps = 0;
  for (const operator of graph.operators) {
    const current = { ...graph, tensors };
    const layer = isConstant(current, operator) ? prepare(current, operator) : undefined;
    const size = outputBytes(current, operator);
    const cost = layer === undefined ? 0 : evaluationSteps(current, layer);
    if (layer === undefined || bytes + size > maximumTotalBytes || steps + cost > maximumTotalSteps) {
      operators.push(operator);
      continue;
    }
    bytes += size;
    steps += cost;
    // SHAPE alone has inputs that are not constant; it does not look at their values
    const results = evaluateLayer(current, layer, (index) => constantValue(tensors[index] as Tensor));
    operator.outputs.forEach((index, slot) => {
      tensors[index] = { ...(tensors[index] as Tensor), data: toBytes(results[slot] as TensorData) };
    });
  }
  return operators.length === graph.operators.length ? graph : { ...graph, tensors, operators };
}

function outputBytes(graph: Graph, { outputs }: Operator): number {
  return outputs.reduce((total, index) => {
    const { type, shape } = graph.tensors[index] as Tensor;
    return total + ((bitsPerElement(type) ?? Number.POSITIVE_INFINITY) / 8) * elementCount(shape);
  }, 0);
}

function isConstant(graph: Graph, operator: Operator): boolean {
  if (findOperator(operator.name) === undefined || !(outputBytes(graph, operator) <= maximumBytes)) return false;
  return (
    operator.name === 'SHAPE' || operator.inputs.every((index) => index < 0 || graph.tensors[index]?.data !== undefined)
  );
}

/** Undefined when the operator cannot be prepared, which is reported later. */
function prepare(graph: Graph, operator: Operator): Layer | undefined {
  try {
    return prepareOperator(graph, operator);
  } catch (error) {
    if (error instanceof ModelcError) return undefined;
    throw error;
  }
}
