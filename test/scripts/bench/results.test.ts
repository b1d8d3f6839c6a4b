import { describe, expect, it } from 'vitest';
import { differences, toolDifferences } from '../../../scripts/bench/results.js';
import { costs, model, resultsOf } from './figures.js';

const recorded = resultsOf(model);
const [first, ...others] = model.boards;
const board = first?.board as string;

describe('differences', () => {
  it('finds none between equal figures, whatever the compile times', () => {
    const slower = { ...model, compile_ms: { warm: 9999, command: 9999 } };
    expect(differences(recorded, resultsOf(slower))).toEqual([]);
  });

  it('names each figure of a model and a board that moved, with both values', () => {
    const moved = {
      ...model,
      arena_bytes: 2304,
      boards: [{ board, ...costs, instructions: 1_188_000, flash: { ...costs.flash, code: 1501 } }, ...others],
    };
    expect(differences(recorded, resultsOf(moved))).toEqual([
      'tiny: arena_bytes 2,048 → 2,304 (+12.50 %)',
      `tiny on ${board}: flash.code 1,500 → 1,501 (+0.07 %)`,
      `tiny on ${board}: instructions 1,200,000 → 1,188,000 (-1.00 %)`,
    ]);
  });

  it('compares only what was measured', () => {
    expect(differences(recorded, resultsOf({ ...model, boards: [{ board, ...costs }] }))).toEqual([]);
    expect(differences(recorded, resultsOf())).toEqual([]);
  });

  it('names models and boards that the record lacks', () => {
    expect(differences(resultsOf(), recorded)).toEqual(['tiny: not recorded']);
    expect(differences(resultsOf({ ...model, boards: others }), recorded)).toEqual([`tiny on ${board}: not recorded`]);
  });

  it('names a model that no longer fits', () => {
    const lines = differences(recorded, resultsOf({ ...model, boards: [{ board, reason: 'too large' }] }));
    expect(lines).toContain(`tiny on ${board}: reason none → too large`);
    expect(lines).toContain(`tiny on ${board}: instructions 1,200,000 → none`);
  });
});

describe('toolDifferences', () => {
  it('names tools of another version and tools that are new', () => {
    expect(toolDifferences(recorded, { gcc: '12.2.0' })).toEqual([]);
    expect(toolDifferences(recorded, { gcc: '13.1.0', qemu: '7.2' })).toEqual([
      'gcc is 13.1.0, the record has 12.2.0',
      'qemu is 7.2, the record has none',
    ]);
  });
});
