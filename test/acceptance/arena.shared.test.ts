import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareModel } from '../../src/compiler.js';
import { validatePlan } from '../../src/memory/plan-validator.js';
import { type PlanOptions, planMemory } from '../../src/schedule/plan-memory.js';
import { boundAccesses } from '../memory/accesses.js';
import { sharedModelPaths, sharedModelsAbsent } from '../support/shared-models.js';

/** Bytes of the arena, inputs and outputs included, that must not be exceeded; `rowBytes` of the input in rows. */
const targets = [
  { name: 'kws', balanced: 6126, ram: 4334, rowBytes: 10, inRows: 4004 },
  { name: 'vww', balanced: 28_032, ram: 27_752, rowBytes: 288, inRows: 10_400 },
  { name: 'resnet8', balanced: 14_272, ram: 9292, rowBytes: 96, inRows: 9292 },
  { name: 'person_detect', balanced: 13_824, ram: 12_096, rowBytes: 96, inRows: 9856 },
  { name: 'micro_speech', balanced: 2136, ram: 1984, rowBytes: 40, inRows: 424 },
  { name: 'mcunet_vww1', balanced: 21_120, ram: 20_528, rowBytes: 240, inRows: 12_496 },
  { name: 'str_ww', balanced: 3712, ram: 3712 },
  { name: 'ad', balanced: 768, ram: 768 },
] as const;

if (sharedModelsAbsent !== undefined) {
  it('has no shared models to plan', () => console.log(`not planned: ${sharedModelsAbsent}`));
} else {
  describe.each(targets)('$name with int8 edges', (target) => {
    const path = sharedModelPaths().find((file) => basename(file) === `${target.name}.tflite`);
    if (path === undefined) throw new Error(`${target.name} is not among the shared models`);
    const { graph, layers } = prepareModel(new Uint8Array(readFileSync(path)), { edges: 'int8' });
    const accesses = boundAccesses(layers);
    const arenaOf = (options: PlanOptions) => {
      const plan = planMemory(graph, accesses, options);
      expect(validatePlan(graph, accesses, plan, options)).toEqual([]);
      return plan.arenaBytes;
    };

    it.each(['balanced', 'ram'] as const)('needs no more than its target for %s', (objective) => {
      expect(arenaOf({ objective })).toBeLessThanOrEqual(target[objective]);
    });

    if ('inRows' in target) {
      it('needs no more than its target when the input comes in rows', () => {
        const streamedInput = { input: 0, rowBytes: target.rowBytes };
        expect(arenaOf({ objective: 'ram', streamedInput })).toBeLessThanOrEqual(target.inRows);
      });
    }
  });
}
