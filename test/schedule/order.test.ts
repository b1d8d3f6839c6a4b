import { expect, it } from 'vitest';
import { fileOrder } from '../../src/schedule/order.js';
import { build } from '../memory/graphs.js';

it('runs operators as the file lists them', () => {
  const layers = [
    { inputs: ['a'], outputs: ['b'] },
    { inputs: ['b'], outputs: ['c'] },
  ];
  const { graph } = build({ tensors: { a: 1, b: 1, c: 1 }, inputs: ['a'], layers, outputs: ['c'] });
  expect(fileOrder(graph)).toEqual([0, 1]);
});

it('is empty for a graph without operators', () => {
  const { graph } = build({ tensors: { a: 1 }, inputs: ['a'], layers: [], outputs: ['a'] });
  expect(fileOrder(graph)).toEqual([]);
});
