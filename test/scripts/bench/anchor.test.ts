import { describe, expect, it } from 'vitest';
import { anchorOf, loadAnchor } from '../../../scripts/bench/anchor.js';
import { anchor, model } from './figures.js';

describe('the recorded anchor', () => {
  it('has the right form and the nine published models', () => {
    const names = loadAnchor().models.map(({ name }) => name);
    expect(names).toEqual([
      'ad',
      'hello_world',
      'kws',
      'mcunet_vww1',
      'micro_speech',
      'person_detect',
      'resnet8',
      'str_ww',
      'vww',
    ]);
  });

  it('plans no more of an arena than the arena has', () => {
    for (const { arena, activations } of loadAnchor().models) {
      for (const core of ['m0p', 'm3', 'm4', 'm7', 'm55'] as const) expect(activations[core]).toBeLessThan(arena[core]);
    }
  });
});

describe('anchorOf', () => {
  it('finds the model, and nothing for a model that was not measured', () => {
    expect(anchorOf(anchor, model)?.measuredAs).toBe('tiny01');
    expect(anchorOf(anchor, { ...model, name: 'other' })).toBeUndefined();
  });

  it.each([{ bytes: 4097 }, { macs: 1001 }])('refuses a model of the same name with %j', (change) => {
    expect(() => anchorOf(anchor, { ...model, ...change })).toThrow(/the anchor measured a model with 4096 and 1000/);
  });
});
