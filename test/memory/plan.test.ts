import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { planMemory } from '../../src/memory/plan.js';
import { validatePlan } from '../../src/memory/validate.js';
import { execute } from './execution.js';
import { alias, build, type GraphSpec, overwrite, overwriteEither, randomCase } from './graphs.js';

function plan(spec: GraphSpec) {
  const { graph, order, needs, index } = build(spec);
  const result = planMemory(graph, order, needs);
  expect(validatePlan(graph, order, needs, result)).toEqual([]);
  return { ...result, of: (name: string) => result.tensors.get(index(name)) };
}

describe('planMemory', () => {
  it('packs a chain into its two largest neighbours', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'] },
      { inputs: ['a'], outputs: ['b'] },
      { inputs: ['b'], outputs: ['c'] },
    ];
    const result = plan({ tensors: { x: 40, a: 100, b: 60, c: 8 }, inputs: ['x'], layers, outputs: ['c'] });
    expect(result).toMatchObject({ arenaBytes: 160, arenaAlign: 4, lowerBound: 160, optimal: true });
  });

  it('adds a residual in place', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'] },
      { inputs: ['x', 'a'], outputs: ['sum'], ...overwriteEither },
    ];
    const spec = { tensors: { x: 64, a: 64, sum: 64 }, inputs: ['x'], layers, outputs: ['sum'] };
    expect(plan(spec).arenaBytes).toBe(128);
    expect(plan(spec).of('sum')).toMatchObject({
      sharing: { kind: 'overwrite', input: 0 },
      offset: plan(spec).of('x')?.offset,
    });
  });

  it('lets later tensors use what an in-place operator frees', () => {
    const tensors = { x: { bytes: 400, type: 'float32' as const }, q: 100, a: 300, b: 20 };
    const layers = [
      { name: 'QUANTIZE', inputs: ['x'], outputs: ['q'], ...overwrite },
      { inputs: ['q'], outputs: ['a'] },
      { inputs: ['a'], outputs: ['b'] },
    ];
    const result = plan({ tensors, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.arenaBytes).toBe(400);
    expect(result.of('a')).toMatchObject({ offset: 100 });
  });

  it('keeps scratch apart from the inputs and outputs of its operator, and only while it runs', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], scratchBytes: 24 },
      { inputs: ['a'], outputs: ['b'] },
    ];
    const result = plan({ tensors: { x: 8, a: 8, b: 32 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.arenaBytes).toBe(40);
    expect(result.scratch).toMatchObject([{ bytes: 24 }, undefined]);
  });

  it('gives an input that is an output a place for the whole run', () => {
    const result = plan({ tensors: { x: 12 }, inputs: ['x'], layers: [], outputs: ['x'] });
    expect(result.arenaBytes).toBe(12);
    expect(result.of('x')).toMatchObject({ offset: 0, first: -1, last: 0, sharing: { kind: 'own' } });
  });

  it('makes an identity model of aliases free', () => {
    const layers = [{ name: 'RESHAPE', inputs: ['x'], outputs: ['y'], ...alias }];
    expect(plan({ tensors: { x: 12, y: 12 }, inputs: ['x'], layers, outputs: ['x', 'y'] }).arenaBytes).toBe(12);
  });

  it('copies a constant that is reshaped into an output', () => {
    const tensors = { k: { bytes: 16, constant: true }, y: 16 };
    const result = plan({ tensors, inputs: [], layers: [{ inputs: ['k'], outputs: ['y'], ...alias }], outputs: ['y'] });
    expect(result.of('y')?.sharing).toEqual({ kind: 'copy', input: 0 });
    expect(result.of('k')).toBeUndefined();
  });

  it('needs no arena for a graph of nothing', () => {
    expect(plan({ tensors: {}, inputs: [], layers: [], outputs: [] })).toMatchObject({ arenaBytes: 0, optimal: true });
  });

  it('places empty tensors at offset 0 without using memory', () => {
    const layers = [{ inputs: ['x'], outputs: ['a'] }];
    const result = plan({ tensors: { x: 8, a: 0 }, inputs: ['x'], layers, outputs: ['a'] });
    expect(result.arenaBytes).toBe(8);
    expect(result.of('a')).toMatchObject({ offset: 0, bytes: 0 });
  });

  it('aligns 64-bit tensors and the arena with them', () => {
    const tensors = { x: 4, y: { bytes: 16, type: 'int64' as const } };
    const result = plan({ tensors, inputs: ['x', 'y'], layers: [], outputs: ['x', 'y'] });
    expect(result).toMatchObject({ arenaBytes: 20, arenaAlign: 8 });
  });

  it('says why for the arena and for every tensor an operator writes', () => {
    const layers = [
      { name: 'CONV_2D', inputs: ['x'], outputs: ['a'] },
      { name: 'RELU', inputs: ['a'], outputs: ['y'], ...overwrite },
    ];
    const { decisions } = plan({ tensors: { x: 8, a: 8, y: 8 }, inputs: ['x'], layers, outputs: ['y'] });
    expect(decisions).toEqual([
      {
        subject: 'arena',
        choice: '16 bytes',
        reason: 'the lower bound of this order is met: 16 bytes are alive while layer 0 CONV_2D runs',
      },
      { subject: 'tensor 1 "a"', choice: 'memory of its own', reason: 'the operator cannot share memory' },
      {
        subject: 'tensor 2 "y"',
        choice: 'written over tensor 1 "a"',
        reason: 'the operator may write over this input, and no later layer reads it',
      },
    ]);
  });

  it('refuses invalid graphs with the problems of its lifetimes', () => {
    const { graph, order, needs } = build({ tensors: { x: 8 }, inputs: [], layers: [], outputs: ['x'] });
    expect(() => planMemory(graph, order, needs)).toThrow(ModelcError);
  });

  it('is deterministic', () => {
    const { graph, order, needs } = randomCase(11, 40);
    expect(planMemory(graph, order, needs)).toEqual(planMemory(graph, order, needs));
  });
});

describe('sharing', () => {
  const compare = (seed: number, kinds: readonly string[]) => {
    const { graph, order, needs } = randomCase(seed, 3 + (seed % 10));
    const withKinds = needs.map(({ sharing = [], ...rest }) => ({
      ...rest,
      sharing: sharing.filter(({ kind }) => kinds.includes(kind)),
    }));
    const apart = needs.map(({ scratchBytes = 0 }) => ({ scratchBytes }));
    return [withKinds, apart].map((given) => planMemory(graph, order, given));
  };

  it('in place never makes the arena larger', () => {
    for (let seed = 0; seed < 150; seed++) {
      const [shared, apart] = compare(seed, ['overwrite']);
      expect(shared.arenaBytes, `seed ${seed}`).toBeLessThanOrEqual(apart.arenaBytes);
    }
  });

  it('never raises the lower bound, and the arena by little where it saves a copy', () => {
    for (let seed = 0; seed < 150; seed++) {
      const [shared, apart] = compare(seed, ['alias', 'overwrite']);
      expect(shared.lowerBound, `seed ${seed}`).toBeLessThanOrEqual(apart.lowerBound);
      expect(shared.arenaBytes, `seed ${seed}`).toBeLessThanOrEqual(apart.arenaBytes * (1 + 1 / 32));
    }
  });

  it('is given up where tensors apart pack into a smaller arena', () => {
    const { graph, order, needs } = randomCase(26, 30);
    const result = planMemory(graph, order, needs, { nodeLimit: 20000 });
    expect(result.decisions.map(({ reason }) => reason)).toContain(
      'sharing is possible, but apart the tensors pack into a smaller arena',
    );
    expect(result.arenaBytes).toBe(result.lowerBound);
  });
});

describe('random graphs', () => {
  it('run with dead bytes filled with garbage, and pass the validator', () => {
    let met = 0;
    const count = 400;
    for (let seed = 0; seed < count; seed++) {
      const given = randomCase(seed, 1 + (seed % 25));
      const result = planMemory(given.graph, given.order, given.needs, { nodeLimit: 2000 });
      expect(validatePlan(given.graph, given.order, given.needs, result), `seed ${seed}`).toEqual([]);
      expect(execute(given, result, seed), `seed ${seed}`).toEqual([]);
      if (result.arenaBytes === result.lowerBound) met++;
    }
    console.log(`${met} of ${count} random graphs meet the lower bound`);
    expect(met).toBeGreaterThan(0.9 * count);
  });
});
