import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ir/graph.js';
import { findOperator } from '../../src/operators/registry.js';
import { removeDeadOperators } from '../../src/passes/dead-code.js';
import { makeOperator, makeTensor } from '../support/models.js';

/** Operators as [name, inputs, outputs] on ten tensors; tensor 0 is the input. */
function graph(operators: readonly (readonly [string, number[], number[]])[], outputs: readonly number[]): Graph {
  return {
    name: 'main',
    tensors: Array.from({ length: 10 }, (_, index) => makeTensor(index)),
    operators: operators.map(([name, from, to], index) => makeOperator(index, { name, inputs: from, outputs: to })),
    inputs: [0],
    outputs,
  };
}
const kept = (before: Graph) => removeDeadOperators(before).operators.map(({ index }) => index);

describe('removeDeadOperators', () => {
  it('keeps an operator with effects whose results nobody reads, and what it reads', () => {
    const before = graph(
      [
        ['RELU', [0], [1]],
        ['RELU6', [1], [2]],
        ['LOGISTIC', [0], [3]],
      ],
      [3],
    );
    const withEffects = (name: string) => {
      const module = findOperator(name);
      return name === 'RELU6' && module !== undefined ? { ...module, traits: { effects: true as const } } : module;
    };
    expect(removeDeadOperators(before, withEffects).operators.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(kept(before)).toEqual([2]);
  });

  it('removes operators whose results nobody reads, and those that only these read', () => {
    const before = graph(
      [
        ['RELU', [0], [1]],
        ['RELU', [0], [2]],
        ['RELU6', [2], [3]],
        ['LOGISTIC', [1], [4]],
      ],
      [4],
    );
    expect(kept(before)).toEqual([0, 3]);
  });

  it('keeps an operator of which one result is read', () => {
    expect(
      kept(
        graph(
          [
            ['SPLIT', [9, 0], [1, 2]],
            ['RELU', [2], [3]],
          ],
          [3],
        ),
      ),
    ).toEqual([0, 1]);
  });

  it('keeps results that are outputs of the model, also in the middle', () => {
    expect(
      kept(
        graph(
          [
            ['RELU', [0], [1]],
            ['RELU', [1], [2]],
            ['RELU', [2], [3]],
          ],
          [1, 2],
        ),
      ),
    ).toEqual([0, 1]);
  });

  it.each(['ASSIGN_VARIABLE', 'CALL_ONCE', 'CUSTOM:Log', 'BUILTIN_999'])(
    'keeps %s, which may do more than write its outputs, and what it reads',
    (name) => {
      const before = graph(
        [
          ['RELU', [0], [1]],
          [name, [1], name === 'CUSTOM:Log' ? [2] : []],
          ['RELU', [0], [3]],
        ],
        [3],
      );
      expect(kept(before)).toEqual([0, 1, 2]);
    },
  );

  it('gives a graph without dead operators back as it is', () => {
    const before = graph([['RELU', [0], [1]]], [1]);
    expect(removeDeadOperators(before)).toBe(before);
  });

  it('removes everything from a model whose outputs are its inputs', () => {
    expect(kept(graph([['RELU', [0], [1]]], [0]))).toEqual([]);
  });
});
