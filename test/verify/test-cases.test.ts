import { describe, expect, it } from 'vitest';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import { extremeCases, givenCases, randomCases } from '../../src/verify/test-cases.js';
import { logisticGraph, makeTensor } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

const edge = (changes: Partial<Tensor>): Graph => logisticGraph({ tensors: [makeTensor(0, changes), makeTensor(1)] });

describe('random cases', () => {
  it('are fixed by their seed', () => {
    const graph = logisticGraph();
    expect(randomCases(graph, 2, 5)).toEqual(randomCases(graph, 2, 5));
    expect(randomCases(graph, 2, 5)[1]).toEqual(randomCases(graph, 1, 6)[0]);
    expect(randomCases(graph, 2, 5)[0]?.inputs).not.toEqual(randomCases(graph, 2, 5)[1]?.inputs);
  });
});

describe('extreme cases', () => {
  const values = (graph: Graph) => extremeCases(graph).map(({ inputs }) => [...(inputs[0] as Uint8Array)]);

  it('are zero point, minimum and maximum of the type', () => {
    const signed = (value: number) => Array(4).fill(value & 255);
    expect(values(logisticGraph())).toEqual([signed(3), signed(-128), signed(127)]);
    const int16 = edge({ type: 'int16', shape: [1], quantization: { scales: [1], zeroPoints: [0], axis: 0 } });
    expect(values(int16)).toEqual([
      [0, 0],
      [0x00, 0x80],
      [0xff, 0x7f],
    ]);
  });

  it('include the largest finite floats', () => {
    const [zero, least, greatest] = extremeCases(edge({ type: 'float32', shape: [1] })).map(
      ({ inputs }) => new Float32Array((inputs[0] as Uint8Array).slice().buffer)[0],
    );
    expect(zero).toBe(3);
    expect([least, greatest].every(Number.isFinite)).toBe(true);
    expect(least).toBe(-3.4028234663852886e38);
    expect(greatest).toBe(3.4028234663852886e38);
  });

  it('know 64-bit integers', () => {
    const [, least] = values(edge({ type: 'int64', shape: [1] }));
    expect(least).toEqual([0, 0, 0, 0, 0, 0, 0, 128]);
  });
});

describe('given cases', () => {
  const two = logisticGraph({ tensors: [makeTensor(0), makeTensor(1), makeTensor(2)], inputs: [0, 1], outputs: [2] });
  const file = (path: string, bytes = 4) => ({ path, bytes: new Uint8Array(bytes) });

  it('are as many as the inputs go into the files', () => {
    const cases = givenCases(
      two,
      ['a', 'b', 'c', 'd'].map((path) => file(path)),
    );
    expect(cases.map(({ name, inputs }) => [name, inputs.length])).toEqual([
      ['a, b', 2],
      ['c, d', 2],
    ]);
  });

  it('need a multiple of the inputs', () => {
    expect(problemsOf(() => givenCases(two, [file('a')]))).toMatchObject([{ code: 'usage/argument' }]);
  });

  it('name every file of the wrong size', () => {
    const files = [file('a', 3), file('b'), file('c'), file('d', 5)];
    expect(problemsOf(() => givenCases(two, files)).map(({ place }) => place.file)).toEqual(['a', 'd']);
  });
});
