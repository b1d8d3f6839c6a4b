/**
 * Random networks from a printed seed: every plan valid, every run as the interpreter says, every planted error found
 * that does harm.
 *
 *   MODELC_PLAN_NETWORKS=2000 MODELC_FUZZ_SEED=1 npx vitest run --project fuzz test/memory
 */
import { describe, expect, it } from 'vitest';
import { validatePlan } from '../../src/memory/plan-validator.js';
import { faultsOf, planOf, randomCase, spoil, streamedRows } from './random-plan.js';

const count = Number(process.env.MODELC_PLAN_NETWORKS ?? 150);
const seed = Number(process.env.MODELC_FUZZ_SEED ?? Date.now() % 2 ** 31);

describe(`${count} random networks from seed ${seed}`, () => {
  it('are planned and run in exactly their bytes', () => {
    const wrong: string[] = [];
    let [plans, planted, found] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const subject = randomCase(seed + i);
      const streamedInput = i % 3 === 0 ? streamedRows(subject) : undefined;
      const objective = (['balanced', 'ram', 'balanced', 'speed'] as const)[i % 4];
      const plan = planOf(subject, { ...(objective && { objective }), ...(streamedInput && { streamedInput }) });
      plans++;
      const faults = faultsOf(subject, plan, i % 20 === 0, streamedInput);
      if (faults.length > 0) wrong.push(`seed ${seed + i}, ${objective}: ${faults.slice(0, 3).join('; ')}`);
      if (streamedInput !== undefined) continue;
      const { rings, swaps } = spoil(subject, plan);
      for (const bad of [...rings, ...swaps]) {
        planted++;
        if (validatePlan(subject.graph, subject.accesses, bad).length > 0) found++;
        else if (faultsOf(subject, bad, false).length > 0) wrong.push(`seed ${seed + i}: a planted error was missed`);
      }
    }
    console.log(`${plans} plans from seed ${seed}, ${found} of ${planted} planted changes found to do harm`);
    expect(wrong).toEqual([]);
  });
});
