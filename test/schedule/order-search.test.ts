import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ir/graph.js';
import type { LayerAccess } from '../../src/memory/access.js';
import { wholeAccess } from '../../src/memory/access-patterns.js';
import { validatePlan } from '../../src/memory/plan-validator.js';
import { memoryProblem } from '../../src/memory/values.js';
import { fileOrder } from '../../src/schedule/order.js';
import { searchOrder } from '../../src/schedule/order-search.js';
import { planMemory } from '../../src/schedule/plan-memory.js';
import { makeOperator, makeTensor } from '../support/models.js';

/** Layers as [inputs, outputs] over int8 tensors of the given sizes; each runs whole. */
function network(sizes: readonly number[], layers: readonly (readonly [number[], number[]])[], outputs: number[]) {
  const tensors = sizes.map((size, index) => makeTensor(index, { shape: [size] }));
  const operators = layers.map(([inputs, outs], index) => makeOperator(index, { inputs, outputs: outs }));
  const graph: Graph = { name: 'g', tensors, operators, inputs: [0], outputs };
  const accesses = layers.map(([inputs, outs]): LayerAccess => {
    const access = wholeAccess(
      inputs.map((index) => sizes[index] as number),
      outs.map((index) => sizes[index] as number),
    );
    const rest = { scratchBytes: 0, scratchKept: false, stackBytes: 0, cost: 1 };
    return { granules: [{ kind: 'whole', size: 1, access, ...rest }] };
  });
  return { graph, accesses };
}

describe('an order of operators', () => {
  // both branches widen first in the file: 400 + 400 bytes together; finishing one before the other holds 400 + 10
  const branches = network(
    [20, 400, 400, 12, 12, 24],
    [
      [[0], [1]],
      [[0], [2]],
      [[1], [3]],
      [[2], [4]],
      [[3, 4], [5]],
    ],
    [5],
  );

  it('finishes one branch before it begins the next', () => {
    const { graph, accesses } = branches;
    const order = searchOrder(graph, memoryProblem(graph, fileOrder(graph), accesses));
    expect(order).toEqual([0, 2, 1, 3, 4]);
  });

  it('is used for the plan where it gives a smaller arena', () => {
    const { graph, accesses } = branches;
    const plan = planMemory(graph, accesses, { objective: 'speed' });
    expect(plan.arenaBytes).toBe(432);
    expect(plan.order).toEqual([0, 2, 1, 3, 4]);
    expect(validatePlan(graph, accesses, plan)).toEqual([]);
    expect(planMemory(graph, accesses, { objective: 'speed', order: fileOrder(graph) }).arenaBytes).toBe(820);
  });

  it('stays the file’s where the data leave no choice', () => {
    const { graph, accesses } = network(
      [8, 16, 8],
      [
        [[0], [1]],
        [[1], [2]],
      ],
      [2],
    );
    expect(searchOrder(graph, memoryProblem(graph, fileOrder(graph), accesses))).toBeUndefined();
  });
});
