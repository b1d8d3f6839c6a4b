import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ir/graph.js';
import { validateGraph } from '../../src/ir/validate.js';
import { logisticGraph, makeOperator, makeTensor } from '../support/models.js';

const messages = (changes: Partial<Graph>) => validateGraph(logisticGraph(changes)).map(({ message }) => message);
const constant = (index: number) => makeTensor(index, { data: new Uint8Array(4) });

describe('validateGraph', () => {
  it('accepts a sound graph, omitted inputs, constants and variables', () => {
    const tensors = [makeTensor(0), makeTensor(1), constant(2), makeTensor(3, { isVariable: true })];
    expect(messages({ tensors, operators: [makeOperator(0, { inputs: [0, -1, 2, 3] })] })).toEqual([]);
    expect(messages({ tensors, operators: [], outputs: [0, 2, 2] })).toEqual([]);
  });

  it('reports a tensor that is read before it is written, and where', () => {
    const operators = [makeOperator(0, { inputs: [2], outputs: [1] }), makeOperator(1, { inputs: [0], outputs: [2] })];
    const problems = validateGraph(logisticGraph({ tensors: [0, 1, 2].map((i) => makeTensor(i)), operators }), 4);
    expect(problems).toMatchObject([
      {
        code: 'model/invalid',
        message: 'The operator reads a tensor that nothing has written before.',
        place: { subgraph: 4, operator: { index: 0, name: 'LOGISTIC' }, tensor: { index: 2, name: 'tensor 2' } },
      },
    ]);
  });

  it('lets custom operators read what nothing writes: accelerators are given memory to work in', () => {
    const tensors = [0, 1, 2].map((i) => makeTensor(i));
    expect(messages({ tensors, operators: [makeOperator(0, { name: 'CUSTOM:ethos-u', inputs: [0, 2] })] })).toEqual([]);
    expect(messages({ tensors, operators: [makeOperator(0, { name: 'ADD', inputs: [0, 2] })] })).toHaveLength(1);
  });

  it('reports an operator that reads its own output', () => {
    expect(messages({ operators: [makeOperator(0, { inputs: [1] })] })).toHaveLength(1);
  });

  it('reports two writers of one tensor', () => {
    const operators = [makeOperator(0), makeOperator(1)];
    expect(messages({ operators })).toEqual(['The operator writes a tensor although operator 0 already writes it.']);
    expect(messages({ operators: [makeOperator(0, { outputs: [1, 1] })] })).toHaveLength(1);
  });

  it('reports writing a constant, a variable or a graph input', () => {
    const tensors = [makeTensor(0), makeTensor(1), constant(2), makeTensor(3, { isVariable: true })];
    expect(messages({ tensors, operators: [makeOperator(0, { outputs: [1, 2, 3, 0] })] })).toEqual([
      'The operator writes a tensor although it is a constant.',
      'The operator writes a tensor although it is a variable.',
      'The operator writes a tensor although it is a graph input.',
    ]);
  });

  it('reports graph inputs that are constants or listed twice', () => {
    expect(messages({ tensors: [constant(0), makeTensor(1)] })).toEqual(['The graph input is a constant.']);
    expect(messages({ inputs: [0, 0] })).toEqual(['The tensor is a graph input twice.']);
  });

  it('reports graph outputs that nothing writes', () => {
    expect(messages({ operators: [] })).toEqual(['Nothing writes this graph output.']);
  });

  it('reports every index out of range', () => {
    const operators = [makeOperator(0, { inputs: [0, -2, 2], outputs: [-1, 1] })];
    expect(messages({ operators, inputs: [0, -1], outputs: [1, 99] })).toEqual([
      'Graph input 1 is tensor -1, and the subgraph has 2 tensors.',
      'Input 1 is tensor -2, and the subgraph has 2 tensors.',
      'Input 2 is tensor 2, and the subgraph has 2 tensors.',
      'Output 0 is tensor -1, and the subgraph has 2 tensors.',
      'Graph output 1 is tensor 99, and the subgraph has 2 tensors.',
    ]);
  });

  it('stops after 100 problems', () => {
    expect(messages({ operators: [makeOperator(0, { inputs: new Array(1e6).fill(-7) })] })).toHaveLength(100);
  });
});
