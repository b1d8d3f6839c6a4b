import { describe, expect, it } from 'vitest';
import { tensorLifetimes } from '../../src/memory/lifetimes.js';
import { deriveStorages, type SharingChoices } from '../../src/memory/storages.js';
import { alias, build, type GraphSpec, overwrite, overwriteEither } from './graphs.js';

/** Storages as lists of tensor names, and the sharing of each tensor written by an operator. */
function share(spec: GraphSpec, choose: Readonly<Record<string, number | 'own'>> = {}) {
  const { graph, order, needs, index } = build(spec);
  const choices: SharingChoices = new Map(Object.entries(choose).map(([name, choice]) => [index(name), choice]));
  const { storages, decisions } = deriveStorages(graph, order, needs, tensorLifetimes(graph, order), choices);
  const name = (tensor: number) => graph.tensors[tensor].name;
  return {
    storages: storages.map(({ tensors }) => tensors.map(name)),
    steps: storages.map(({ steps }) => steps.map(({ first, last, bytes }) => [first, last, bytes])),
    sharing: Object.fromEntries(decisions.map(({ tensor, sharing }) => [name(tensor), sharing.kind])),
    reasons: Object.fromEntries(decisions.map(({ tensor, reason }) => [name(tensor), reason])),
    alternatives: Object.fromEntries(decisions.map(({ tensor, alternatives }) => [name(tensor), alternatives])),
  };
}

describe('aliases', () => {
  it('chain into one storage', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...alias },
      { inputs: ['a'], outputs: ['b'], ...alias },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.storages).toEqual([['x', 'a', 'b']]);
    expect(result.steps).toEqual([[[-1, 2, 8]]]);
  });

  it('are legal while the input lives on', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...alias },
      { inputs: ['x', 'a'], outputs: ['b'] },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 4 }, inputs: ['x'], layers, outputs: ['x', 'b'] });
    expect(result.storages).toEqual([['x', 'a'], ['b']]);
  });

  it('of a constant become copies', () => {
    const tensors = { k: { bytes: 8, constant: true }, a: 8 };
    const result = share({
      tensors,
      inputs: [],
      layers: [{ inputs: ['k'], outputs: ['a'], ...alias }],
      outputs: ['a'],
    });
    expect(result.sharing).toEqual({ a: 'copy' });
    expect(result.reasons.a).toBe('tensor 0 "k" is not in the arena');
  });

  it('of another size become copies', () => {
    const layers = [{ inputs: ['x'], outputs: ['a'], ...alias }];
    expect(share({ tensors: { x: 8, a: 4 }, inputs: ['x'], layers, outputs: ['a'] }).sharing).toEqual({ a: 'copy' });
  });
});

describe('overwriting', () => {
  it('chains through layers in place', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...overwrite },
      { inputs: ['a'], outputs: ['b'], ...overwrite },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.storages).toEqual([['x', 'a', 'b']]);
  });

  it('frees what a smaller output does not need, after the layer', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...overwrite },
      { inputs: ['a'], outputs: ['b'] },
    ];
    const result = share({ tensors: { x: 32, a: 8, b: 4 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.storages).toEqual([['x', 'a'], ['b']]);
    expect(result.steps[0]).toEqual([
      [-1, 0, 32],
      [1, 1, 8],
    ]);
  });

  it('is refused while the input is read later', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...overwrite },
      { inputs: ['x', 'a'], outputs: ['b'] },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.sharing.a).toBe('own');
    expect(result.reasons.a).toBe('tensor 0 "x" is read again by layer 1');
  });

  it('is refused while an alias of the input is read later', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...alias },
      { inputs: ['x'], outputs: ['b'], ...overwrite },
      { inputs: ['a', 'b'], outputs: ['c'] },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 8, c: 8 }, inputs: ['x'], layers, outputs: ['c'] });
    expect(result.sharing.b).toBe('own');
    expect(result.reasons.b).toContain('shares memory with tensor 1 "a", which is read again by layer 2');
  });

  it('is refused for outputs of the model and their aliases', () => {
    const layers = [
      { inputs: ['x'], outputs: ['a'], ...alias },
      { inputs: ['a'], outputs: ['b'], ...overwrite },
    ];
    const result = share({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['x', 'b'] });
    expect(result.sharing.b).toBe('own');
    expect(result.reasons.b).toContain('is an output of the model');
  });

  it('is refused when the output is larger', () => {
    const layers = [{ inputs: ['x'], outputs: ['a'], ...overwrite }];
    expect(share({ tensors: { x: 8, a: 9 }, inputs: ['x'], layers, outputs: ['a'] }).sharing.a).toBe('own');
  });

  it('is refused for constants and omitted inputs', () => {
    const layers = [{ inputs: ['k', ''], outputs: ['a'], ...overwriteEither }];
    const tensors = { k: { bytes: 8, constant: true }, a: 8 };
    const result = share({ tensors, inputs: [], layers, outputs: ['a'] });
    expect(result.sharing.a).toBe('own');
    expect(result.reasons.a).toBe('tensor 0 "k" is not in the arena; input 1 is omitted');
  });

  it('takes the input that dies when the other lives on', () => {
    const layers = [
      { inputs: ['x', 'y'], outputs: ['a'], ...overwriteEither },
      { inputs: ['a', 'x'], outputs: ['b'] },
    ];
    const result = share({ tensors: { x: 8, y: 8, a: 8, b: 4 }, inputs: ['x', 'y'], layers, outputs: ['b'] });
    expect(result.storages).toEqual([['x'], ['y', 'a'], ['b']]);
  });

  it('of a tensor read through two slots needs the consent of both', () => {
    const tensors = { x: 8, a: 8, b: 8 };
    const twice = (needs: typeof overwrite) => [
      { inputs: ['x'], outputs: ['a'], ...alias },
      { inputs: ['x', 'a'], outputs: ['b'], ...needs },
    ];
    const spec = { tensors, inputs: ['x'], outputs: ['b'] };
    expect(share({ ...spec, layers: twice(overwriteEither) }).sharing.b).toBe('overwrite');
    expect(share({ ...spec, layers: twice(overwrite) }).sharing.b).toBe('own');
  });

  it('gives the input to one output only, the largest', () => {
    const sharing = [0, 1].map((output) => ({ input: 0, output, kind: 'overwrite' as const }));
    const layers = [{ inputs: ['x'], outputs: ['a', 'b'], sharing }];
    const result = share({ tensors: { x: 12, a: 4, b: 8 }, inputs: ['x'], layers, outputs: ['a', 'b'] });
    expect(result.storages).toEqual([['x', 'b'], ['a']]);
    expect(result.reasons.a).toContain('another output is written over');
  });

  it('spares an input that another output of the operator is an alias of', () => {
    const sharing = [
      { input: 0, output: 0, kind: 'alias' as const },
      { input: 0, output: 1, kind: 'overwrite' as const },
    ];
    const layers = [{ inputs: ['x'], outputs: ['a', 'b'], sharing }];
    const result = share({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(result.sharing).toEqual({ a: 'alias', b: 'own' });
  });

  it('prefers an alias', () => {
    const sharing = [
      { input: 1, output: 0, kind: 'overwrite' as const },
      { input: 0, output: 0, kind: 'alias' as const },
    ];
    const layers = [{ inputs: ['x', 'y'], outputs: ['a'], sharing }];
    const result = share({ tensors: { x: 8, y: 8, a: 8 }, inputs: ['x', 'y'], layers, outputs: ['a'] });
    expect(result.sharing.a).toBe('alias');
    expect(result.alternatives.a).toEqual([1, 'own']);
  });
});

describe('choices', () => {
  const spec = {
    tensors: { x: 8, y: 8, a: 8 },
    inputs: ['x', 'y'],
    layers: [{ inputs: ['x', 'y'], outputs: ['a'], ...overwriteEither }],
    outputs: ['a'],
  };

  it('select another legal input, or memory of its own', () => {
    expect(share(spec).storages).toEqual([['x', 'a'], ['y']]);
    expect(share(spec, { a: 1 }).storages).toEqual([['x'], ['y', 'a']]);
    expect(share(spec, { a: 'own' }).storages).toEqual([['x'], ['y'], ['a']]);
  });

  it('are ignored when they are not legal', () => {
    expect(share(spec, { a: 7 }).storages).toEqual([['x', 'a'], ['y']]);
  });

  it('turn an alias into a copy', () => {
    const layers = [{ inputs: ['x'], outputs: ['a'], ...alias }];
    const result = share({ tensors: { x: 8, a: 8 }, inputs: ['x'], layers, outputs: ['a'] }, { a: 'own' });
    expect(result.sharing.a).toBe('copy');
  });
});

it('gives empty tensors storages without steps', () => {
  const layers = [{ inputs: ['x'], outputs: ['a'], ...overwrite }];
  const result = share({ tensors: { x: 8, a: 0 }, inputs: ['x'], layers, outputs: ['a'] });
  expect(result.steps).toEqual([[[-1, 0, 8]]]);
  const empty = share({ tensors: { x: 0, a: 0 }, inputs: ['x'], layers, outputs: ['a'] });
  expect(empty.steps).toEqual([[]]);
});
