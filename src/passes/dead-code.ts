/** Removes operators whose results nobody reads. */
import type { Graph, Operator } from '../ir/graph.js';
import { findOperator } from '../operators/registry.js';

/**
 * Operators that do more than write their outputs stay, and with them those modelc does not know (CALL_ONCE).
 * `find` gives an operator's module, undefined for operators modelc does not know.
 */
export function removeDeadOperators(graph: Graph, find = findOperator): Graph {
  const needed = new Set(graph.outputs);
  const kept: Operator[] = [];
  for (const operator of [...graph.operators].reverse()) {
    const hasEffects = find(operator.name)?.traits?.effects ?? find(operator.name) === undefined;
    if (!hasEffects && !operator.outputs.some((index) => needed.has(index))) continue;
    kept.push(operator);
    for (const index of operator.inputs) needed.add(index);
  }
  return kept.length === graph.operators.length ? graph : { ...graph, operators: kept.reverse() };
}
