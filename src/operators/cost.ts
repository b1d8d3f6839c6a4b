/** What it costs to evaluate an operator: a bound for compilers that must not run a hostile model for hours. */
import type { Graph, Tensor } from '../ir/graph.js';
import type { Layer } from './registry.js';

/**
 * Steps that loops over a tensor's extents take. An extent of 0 counts as 1: it makes the tensor empty, but not the
 * loops outside of it.
 */
export function loopSteps({ shape }: Tensor): number {
  return shape.reduce((product, extent) => product * Math.max(1, extent), 1);
}

/** An element-wise loop does more for each element than a convolution does for each multiply-accumulate. */
const stepsPerElement = 8;

/** Upper bound of the elementary steps that the reference evaluation of one layer takes. */
export function evaluationSteps(graph: Graph, { operator, macs, steps }: Layer): number {
  const walked = [...operator.inputs, ...operator.outputs].reduce((total, index) => {
    const tensor = graph.tensors[index];
    return total + (tensor === undefined ? 0 : loopSteps(tensor));
  }, 0);
  return stepsPerElement * walked + macs + steps;
}
