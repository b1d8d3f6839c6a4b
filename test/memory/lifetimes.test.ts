import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { tensorLifetimes } from '../../src/memory/lifetimes.js';
import { build, type GraphSpec } from './graphs.js';

function lifetimes(spec: GraphSpec): Record<string, readonly [number, number]> {
  const { graph, order } = build(spec);
  const entries = [...tensorLifetimes(graph, order)];
  return Object.fromEntries(entries.map(([index, { first, last }]) => [graph.tensors[index].name, [first, last]]));
}

function problems(spec: GraphSpec) {
  try {
    lifetimes(spec);
  } catch (error) {
    if (error instanceof ModelcError) return error.problems;
    throw error;
  }
  return [];
}

describe('tensor lifetimes', () => {
  it('reach from the writing layer to the last reading layer', () => {
    const spec = {
      tensors: { x: 8, a: 8, b: 8, c: 8 },
      inputs: ['x'],
      layers: [
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['a'], outputs: ['b'] },
        { inputs: ['a', 'b'], outputs: ['c'] },
      ],
      outputs: ['c'],
    };
    expect(lifetimes(spec)).toEqual({ x: [-1, 0], a: [0, 2], b: [1, 2], c: [2, 3] });
  });

  it('keep an output alive that is also read by layers', () => {
    const spec = {
      tensors: { x: 8, a: 8, b: 8 },
      inputs: ['x'],
      layers: [
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['a'], outputs: ['b'] },
      ],
      outputs: ['a', 'b'],
    };
    expect(lifetimes(spec)).toEqual({ x: [-1, 0], a: [0, 2], b: [1, 2] });
  });

  it('span everything for an input that is an output', () => {
    expect(lifetimes({ tensors: { x: 8 }, inputs: ['x'], layers: [], outputs: ['x'] })).toEqual({ x: [-1, 0] });
  });

  it('last one layer for outputs nobody reads, and none for inputs nobody reads', () => {
    const spec = {
      tensors: { x: 8, y: 8, a: 8, b: 8 },
      inputs: ['x', 'y'],
      layers: [{ inputs: ['x'], outputs: ['a', 'b'] }],
      outputs: ['a'],
    };
    expect(lifetimes(spec)).toEqual({ x: [-1, 0], y: [-1, -1], a: [0, 1], b: [0, 0] });
  });

  it('exist only for tensors that need the arena', () => {
    const spec = {
      tensors: {
        x: 8,
        weights: { bytes: 8, constant: true },
        state: { bytes: 8, variable: true },
        handle: { bytes: 0, type: 'resource' as const },
        y: 8,
      },
      inputs: ['x'],
      layers: [
        { inputs: [], outputs: ['handle'] },
        { inputs: ['x', 'weights', '', 'state', 'handle'], outputs: ['y', 'state'] },
      ],
      outputs: ['y', 'weights'],
    };
    expect(lifetimes(spec)).toEqual({ x: [-1, 1], y: [1, 2] });
  });

  it('follow the operator order, not the file', () => {
    const { graph, index } = build({
      tensors: { x: 8, a: 8, b: 8, c: 8 },
      inputs: ['x'],
      layers: [
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['x'], outputs: ['b'] },
        { inputs: ['a', 'b'], outputs: ['c'] },
      ],
      outputs: ['c'],
    });
    const reordered = tensorLifetimes(graph, [1, 0, 2]);
    expect(reordered.get(index('a'))).toMatchObject({ first: 1, last: 2 });
    expect(reordered.get(index('b'))).toMatchObject({ first: 0, last: 2 });
  });

  it.each([[[0]], [[0, 0]], [[0, 2]], [[0, 1, 2]], [[0, 0.5]]])('refuse the operator order %j', (order) => {
    const layers = [
      { inputs: ['x'], outputs: ['a'] },
      { inputs: ['a'], outputs: ['b'] },
    ];
    const { graph } = build({ tensors: { x: 8, a: 8, b: 8 }, inputs: ['x'], layers, outputs: ['b'] });
    expect(() => tensorLifetimes(graph, order)).toThrow(RangeError);
  });
});

describe('invalid graphs', () => {
  it('name the operator and tensor of a read before the write', () => {
    const spec = {
      tensors: { x: 8, a: 8, b: 8 },
      inputs: ['x'],
      layers: [
        { name: 'ADD', inputs: ['x', 'b'], outputs: ['a'] },
        { inputs: ['a'], outputs: ['b'] },
      ],
      outputs: ['b'],
    };
    expect(problems(spec)).toMatchObject([
      { code: 'model/invalid', place: { operator: { index: 0, name: 'ADD' }, tensor: { index: 2, name: 'b' } } },
    ]);
  });

  it('report every tensor with two writers', () => {
    const spec = {
      tensors: { x: 8, a: 8, k: { bytes: 8, constant: true } },
      inputs: ['x'],
      layers: [
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['x'], outputs: ['x'] },
        { inputs: ['x'], outputs: ['k'] },
      ],
      outputs: ['a'],
    };
    expect(problems(spec).map(({ place }) => place.operator?.index)).toEqual([1, 2, 3]);
  });

  it('report an output nobody writes', () => {
    const spec = { tensors: { x: 8, y: 8 }, inputs: ['x'], layers: [], outputs: ['y'] };
    expect(problems(spec)).toMatchObject([{ code: 'model/invalid', place: { tensor: { name: 'y' } } }]);
  });

  it('report tensors beyond 32-bit addresses', () => {
    const spec = { tensors: { x: 2 ** 32 }, inputs: ['x'], layers: [], outputs: ['x'] };
    expect(problems(spec)).toMatchObject([{ code: 'fit/ram', place: { tensor: { name: 'x' } } }]);
  });
});
