import { describe, expect, it } from 'vitest';
import { ModelcError } from '../src/errors.js';
import { ProblemCollector } from '../src/problems.js';
import { problemsOf } from './support/problems.js';

const problem = (message: string) => ({ code: 'model/invalid', message, remedy: '', place: {} }) as const;

describe('ProblemCollector', () => {
  it('throws all problems in one error', () => {
    const collector = new ProblemCollector();
    collector.throwIfAny();
    collector.add(problem('one'), problem('two'));
    expect(() => collector.throwIfAny()).toThrow(new ModelcError([problem('one'), problem('two')]));
  });

  it('drops what exceeds its capacity', () => {
    const collector = new ProblemCollector(2);
    collector.add(problem('one'));
    expect(collector.isFull).toBe(false);
    collector.add(problem('two'), problem('three'));
    expect(collector.isFull).toBe(true);
    expect(collector.problems.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('keeps the first of each kind beyond its capacity, and says how many it dropped', () => {
    const collector = new ProblemCollector(2);
    const of = (name: string) => ({ ...problem(name), place: { operator: { index: 0, name } } });
    collector.add(of('A'), of('A'), of('A'), of('B'), of('A'), of('B'));
    const thrown = problemsOf(() => collector.throwIfAny());
    expect(thrown.map(({ message }) => message)).toEqual([
      'A',
      'A',
      'B',
      'There are 3 more problems of the kinds listed.',
    ]);
    expect(thrown.at(-1)?.code).toBe('model/invalid');
  });
});
