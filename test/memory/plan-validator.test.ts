import { describe, expect, it } from 'vitest';
import type { MemoryPlan } from '../../src/memory/memory-plan.js';
import { validatePlan } from '../../src/memory/plan-validator.js';
import { faultsOf, planOf, randomCase, spoil, streamedRows } from './random-plan.js';

const seeds = Array.from({ length: 40 }, (_, i) => 100 + i);

describe('planted errors', () => {
  const plans = seeds.map((seed) => {
    const subject = randomCase(seed);
    return { subject, plan: planOf(subject, { objective: 'ram' }) };
  });

  it('find no fault in the plans as they are', () => {
    for (const { subject, plan } of plans) expect(faultsOf(subject, plan, false)).toEqual([]);
  });

  it('are found when a ring is one row short', () => {
    const spoiled = plans.flatMap(({ subject, plan }) =>
      spoil(subject, plan).rings.map((wrong) => ({ subject, wrong })),
    );
    expect(spoiled.length).toBeGreaterThan(5);
    const missed = spoiled.filter(
      ({ subject, wrong }) => validatePlan(subject.graph, subject.accesses, wrong).length === 0,
    );
    expect(missed.length).toBe(0);
  });

  it('are found when two events change places', () => {
    let [found, total] = [0, 0];
    for (const { subject, plan } of plans) {
      for (const wrong of spoil(subject, plan).swaps) {
        total++;
        // Where neither event waits for the other the order is free; then a run finds nothing either
        const said = validatePlan(subject.graph, subject.accesses, wrong).length > 0;
        const happens = faultsOf(subject, wrong, false).length > 0;
        expect(said || !happens).toBe(true);
        if (said) found++;
      }
    }
    expect(total).toBeGreaterThan(5);
    expect(found).toBeGreaterThan(total / 2);
  });

  it('are found whenever moving a value does harm in a run', () => {
    let harmful = 0;
    for (const { subject, plan } of plans) {
      for (const value of plan.values) {
        for (const shift of [-8, -4, 4, 8]) {
          const offset = value.offset + shift;
          if (offset < 0) continue;
          const values = plan.values.map((other) => (other === value ? { ...value, offset } : other));
          const wrong: MemoryPlan = { ...plan, values, arenaBytes: plan.arenaBytes + 8 };
          const said = validatePlan(subject.graph, subject.accesses, wrong);
          if (said.length > 0) continue;
          const happens = faultsOf(subject, wrong, false);
          expect(happens, `value ${value.id} moved by ${shift}`).toEqual([]);
          harmful++;
        }
      }
    }
    expect(harmful).toBeGreaterThan(0); // some values have room
  });

  it('are found in what arrives row by row', () => {
    const subject = randomCase(7);
    const streamedInput = streamedRows(subject);
    if (streamedInput === undefined) throw new Error('the network has no rows');
    const plan = planOf(subject, { streamedInput });
    const { graph, accesses } = subject;
    expect(validatePlan(graph, accesses, plan, { streamedInput })).toEqual([]);
    expect(validatePlan(graph, accesses, plan)).not.toEqual([]);
  });

  it('are found in sizes, names, alignment and events', () => {
    const { subject, plan } = plans[0] as (typeof plans)[0];
    const check = (wrong: Partial<MemoryPlan>) =>
      validatePlan(subject.graph, subject.accesses, { ...plan, ...wrong }).join('\n');
    const [value] = plan.values as [MemoryPlan['values'][0]];
    const [segment] = plan.segments as [MemoryPlan['segments'][0]];
    expect(check({ arenaBytes: plan.arenaBytes - 4 })).toContain('outside of the arena');
    expect(check({ values: [{ ...value, offset: 2 }, ...plan.values.slice(1)] })).toContain('not 4-aligned');
    expect(check({ values: plan.values.slice(1) })).toContain('has no place');
    expect(check({ segments: plan.segments.slice(1) })).toContain('does not run');
    expect(check({ segments: [{ ...segment, order: segment.order.slice(1) }, ...plan.segments.slice(1)] })).toMatch(
      /is next|does not run all its events/,
    );
  });
});
