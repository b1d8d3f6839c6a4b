/** Removes operators whose results nobody reads. */
import type { Graph, Operator } from '../ir/graph.js';
import { findOperator } from '../operators/registry.js';

/** Operators modelc does not know stay: they may do more than write their outputs (ASSIGN_VARIABLE, CALL_ONCE). */
export function removeDeadOperators(graph: Graph): Graph {
  const needed = new Set(graph.outputs);
  const kept: Operator[] = [];
  for (const operator of [...graph.operators].reverse()) {
    const isNeeded = findOperator(operator.name) === undefined || operator.outputs.some((index) => needed.has(index));
    if (!isNeeded) continue;
    kept.push(operator);
    for (const index of operator.inputs) needed.add(index);
  }
  return kept.length === graph.operators.length ? graph : { ...graph, operators: kept.reverse() };
}
