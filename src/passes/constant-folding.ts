/**
 * Evaluates at compile time every operator whose result no input of the model can change: all of its inputs are
 * constants, or it only asks for a shape. Chains of SHAPE, STRIDED_SLICE and PACK in front of a RESHAPE vanish so.
 */
import { ModelcError } from '../errors.js';
import { evaluateLayer } from '../interpreter/interpreter.js';
import { byteLength, elementCount, type TensorData, toBytes } from '../ir/element-type.js';
import { constantValue, type Graph, type Operator, type Tensor } from '../ir/graph.js';
import { evaluationSteps } from '../operators/cost.js';
import type { OperatorModule } from '../operators/operator.js';
import { findOperator, type Layer, prepareOperator } from '../operators/registry.js';

/** Larger results are left to run time: flash is better spent otherwise, and a file cannot make us allocate. */
const maximumBytes = 1 << 20;
/** What all folding together may take; operators beyond are left to run time. */
const maximumTotalBytes = 1 << 23;
const maximumTotalSteps = 1 << 24;

/** `find` gives an operator's module, undefined for operators modelc does not know. */
export function foldConstants(graph: Graph, find = findOperator): Graph {
  const tensors = [...graph.tensors];
  const operators: Operator[] = [];
  let bytes = 0;
  let steps = 0;
  for (const operator of graph.operators) {
    const current = { ...graph, tensors };
    const layer = isConstant(current, operator, find(operator.name)) ? prepare(current, operator) : undefined;
    const size = outputBytes(current, operator);
    const cost = layer === undefined ? 0 : evaluationSteps(current, layer);
    if (layer === undefined || bytes + size > maximumTotalBytes || steps + cost > maximumTotalSteps) {
      operators.push(operator);
      continue;
    }
    bytes += size;
    steps += cost;
    // inputs that are not constant are those of operators that do not look at values
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
    return total + (byteLength(type, elementCount(shape)) ?? Number.POSITIVE_INFINITY);
  }, 0);
}

function isConstant(graph: Graph, operator: Operator, module: OperatorModule | undefined): boolean {
  if (module === undefined || !(outputBytes(graph, operator) <= maximumBytes)) return false;
  const { effects = false, readsShapesOnly = false } = module.traits ?? {};
  if (effects) return false;
  return readsShapesOnly || operator.inputs.every((index) => index < 0 || graph.tensors[index]?.data !== undefined);
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
