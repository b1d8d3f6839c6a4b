import { describe, expect, it } from 'vitest';
import { planMemory } from '../../src/memory/plan.js';
import { planToJson } from '../../src/memory/plan-json.js';
import { build, overwrite, randomCase } from './graphs.js';

describe('plan.json', () => {
  const { graph, needs, order } = build({
    tensors: { x: 8, a: 8, y: 8 },
    inputs: ['x'],
    layers: [
      { name: 'CONV_2D', inputs: ['x'], outputs: ['a'], scratchBytes: 4 },
      { name: 'RELU', inputs: ['a'], outputs: ['y'], ...overwrite },
    ],
    outputs: ['y'],
  });
  const json = planToJson(graph, planMemory(graph, order, needs));

  it('states arena, bound and gap', () => {
    expect(json).toMatchObject({ format: 'modelc-memory-plan', version: 1, model: 'g' });
    expect(json.arena).toEqual({ bytes: 20, align: 4, lowerBound: 20, gap: 0, optimal: true, searchNodes: 0 });
  });

  it('lists layers with the bytes alive in each', () => {
    expect(json.layers).toEqual([
      { time: 0, operator: 0, name: 'CONV_2D', inputs: [0], outputs: [1], liveBytes: 20 },
      { time: 1, operator: 1, name: 'RELU', inputs: [1], outputs: [2], liveBytes: 8 },
    ]);
  });

  it('says for each region where it lies, from when to when, and with what it shares', () => {
    const about = json.regions.map((region) =>
      region.kind === 'scratch'
        ? ['scratch', region.operator, region.first, region.last]
        : [region.name, region.storage, region.first, region.last, region.sharing, region.source],
    );
    expect(about).toEqual([
      ['x', 0, -1, 0, 'own', undefined],
      ['a', 1, 0, 1, 'own', undefined],
      ['y', 1, 1, 2, 'overwrite', 1],
      ['scratch', 0, 0, 0],
    ]);
  });

  it('has a reason for every decision', () => {
    expect(json.decisions.map(({ subject }) => subject)).toEqual(['arena', 'tensor 1 "a"', 'tensor 2 "y"']);
    expect(json.decisions.every(({ choice, reason }) => choice !== '' && reason !== '')).toBe(true);
  });

  it('survives JSON and is the same for equal plans', () => {
    const given = randomCase(5, 30);
    const [first, second] = [0, 1].map(() =>
      JSON.stringify(planToJson(given.graph, planMemory(given.graph, given.order, given.needs))),
    );
    expect(first).toBe(second);
    expect(JSON.parse(first).regions.length).toBeGreaterThan(10);
  });
});
