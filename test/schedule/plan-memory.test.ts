import { describe, expect, it } from 'vitest';
import { liveBytesOf } from '../../src/memory/live-bytes.js';
import { timeline } from '../../src/memory/memory-plan.js';
import { planLadder, planMemory } from '../../src/schedule/plan-memory.js';
import { faultsOf, planOf, randomCase, streamedRows } from '../memory/random-plan.js';

const seeds = Array.from({ length: 24 }, (_, i) => i);

describe.each(seeds)('plans of network %i', (seed) => {
  const subject = randomCase(seed);
  const streamedInput = streamedRows(subject);

  it.each(['speed', 'balanced', 'ram'] as const)('run right in exactly their bytes for %s', (objective) => {
    const plan = planOf(subject, { objective });
    expect(faultsOf(subject, plan, seed % 10 === 0)).toEqual([]);
    expect(plan.lowerBound).toBeLessThanOrEqual(plan.arenaBytes);
  });

  it.runIf(streamedInput !== undefined)('run right when the input comes in rows', () => {
    const plan = planOf(subject, { ...(streamedInput && { streamedInput }) });
    expect(faultsOf(subject, plan, false, streamedInput)).toEqual([]);
  });
});

it.each(seeds)('objectives never need more memory than faster ones in network %i', (seed) => {
  const subject = randomCase(seed);
  const arenas = (['speed', 'balanced', 'ram'] as const).map((objective) => planOf(subject, { objective }).arenaBytes);
  expect(arenas).toEqual(arenas.slice().sort((a, b) => b - a));
});

describe('objectives', () => {
  const subject = randomCase(3);

  it('keep to a budget where one of the plans does', () => {
    const [speed, ram] = (['speed', 'ram'] as const).map((objective) => planOf(subject, { objective }).arenaBytes);
    for (const maxRam of [ram, Math.floor(((ram as number) + (speed as number)) / 2), speed] as number[]) {
      const plan = planOf(subject, { maxRam });
      expect(plan.arenaBytes).toBeLessThanOrEqual(maxRam);
      expect(faultsOf(subject, plan, false)).toEqual([]);
    }
  });

  it('form a ladder of less memory for more instructions', () => {
    const rungs = planLadder(subject.graph, subject.accesses);
    for (const [i, { plan, instructions }] of rungs.entries()) {
      const above = rungs[i - 1];
      if (above === undefined) continue;
      expect(plan.arenaBytes).toBeLessThan(above.plan.arenaBytes);
      expect(instructions).toBeGreaterThanOrEqual(above.instructions);
    }
  });
});

describe('a plan', () => {
  const subject = randomCase(11);
  const plan = planOf(subject, { objective: 'balanced' });

  it('is the same every time', () => {
    expect(planMemory(subject.graph, subject.accesses, { objective: 'balanced' })).toEqual(plan);
  });

  it('says which bytes are dead: garbage in them changes nothing', () => {
    const live = liveBytesOf(subject.graph, subject.accesses, plan);
    expect(live.events).toBe(timeline(plan).length);
    for (let event = -1; event < live.events; event++) {
      const ranges = [...live.after(event), ...live.deadAfter(event)].sort((a, b) => a[0] - b[0]);
      let reached = 0;
      for (const [begin, end] of ranges) {
        expect(begin).toBe(reached);
        reached = end;
      }
      expect(reached).toBe(plan.arenaBytes);
    }
  });
});
