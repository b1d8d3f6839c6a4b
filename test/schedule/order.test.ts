import { expect, it } from 'vitest';
import { fileOrder } from '../../src/schedule/order.js';
import { makeOperator, makeTensor } from '../support/models.js';

const tensors = [0, 1, 2].map((index) => makeTensor(index));

it('runs operators as the file lists them', () => {
  const operators = [0, 1].map((index) => makeOperator(index, { name: 'RELU', inputs: [index], outputs: [index + 1] }));
  expect(fileOrder({ name: 'g', tensors, operators, inputs: [0], outputs: [2] })).toEqual([0, 1]);
});

it('is empty for a graph without operators', () => {
  expect(fileOrder({ name: 'g', tensors, operators: [], inputs: [0], outputs: [0] })).toEqual([]);
});
