import { describe, expect, it } from 'vitest';
import { deadRanges, liveBytesAt } from '../../src/memory/occupancy.js';
import { planMemory } from '../../src/memory/plan.js';
import { alias, build } from './graphs.js';

const { graph, needs, order } = build({
  tensors: { x: 40, r: 40, a: 20, y: 8 },
  inputs: ['x'],
  layers: [
    { inputs: ['x'], outputs: ['r'], ...alias },
    { inputs: ['r'], outputs: ['a'], scratchBytes: 12 },
    { inputs: ['a'], outputs: ['y'] },
  ],
  outputs: ['y'],
});
const plan = planMemory(graph, order, needs);

describe('live bytes', () => {
  it('count aliases once, outputs and scratch while their layer runs', () => {
    expect([-1, 0, 1, 2, 3].map((time) => liveBytesAt(plan, time))).toEqual([40, 40, 72, 28, 8]);
  });

  it('never exceed the lower bound', () => {
    expect(plan.lowerBound).toBe(72);
  });
});

describe('dead ranges', () => {
  const sizes = [0, 1, 2, 3].map((time) => deadRanges(plan, time).reduce((sum, [begin, end]) => sum + end - begin, 0));

  it('are everything that no later layer reads, before the layer writes its output', () => {
    expect(sizes).toEqual([72 - 40, 72 - 40, 72 - 20, 72 - 8]);
  });

  it('lie beside the live tensors', () => {
    const held = plan.tensors.get(2);
    const offset = held?.offset ?? 0;
    expect(deadRanges(plan, 2)).toEqual(
      [
        [0, offset],
        [offset + 20, 72],
      ].filter(([begin, end]) => begin < end),
    );
  });

  it('include inputs that no layer reads', () => {
    const unread = build({ tensors: { x: 8 }, inputs: ['x'], layers: [], outputs: [] });
    expect(deadRanges(planMemory(unread.graph, unread.order, unread.needs), 0)).toEqual([[0, 8]]);
  });
});
