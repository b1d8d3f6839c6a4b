import type { Graph } from '../ir/graph.js';

/**
 * The order in which operators run: `order[t]` is the position in `graph.operators` of the operator that runs as layer
 * `t`. Every operator appears once, after the operators whose results it reads.
 */
export type OperatorOrder = readonly number[];

/** The order of the file, which the format requires to be executable. */
export function fileOrder(graph: Graph): OperatorOrder {
  return graph.operators.map((_, position) => position);
}
