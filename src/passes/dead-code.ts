/** Removes operators whose results nobody reads. */
import type { Graph, Operator } from '../ir/graph.js';

export function removeDeadOperators(graph: Graph): Graph {
  const needed = new Set(graph.outputs);
  const kept: Operator[] = [];
  for (const operator of [...graph.operators].reverse()) {
    if (!operator.outputs.some((index) => needed.has(index))) continue;
    kept.push(operator);
    for (const index of operator.inputs) needed.add(index);
  }
  return kept.length === graph.operators.length ? graph : { ...graph, operators: kept.reverse() };
}
