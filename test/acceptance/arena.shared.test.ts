import { expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { sharedModelsAbsent } from '../support/shared-models.js';
import { modelName, publishedModels, supportedModels } from './expectations.js';

if (sharedModelsAbsent !== undefined) {
  it('has no shared models to plan', () => console.log(`not planned: ${sharedModelsAbsent}`));
} else {
  it.each(supportedModels().map((file) => [modelName(file), file.bytes] as const))(
    '%s: the arena meets the lower bound without scratch memory',
    (name, bytes) => {
      const { plan } = compileModel(bytes);
      expect(plan.arenaBytes).toBe(plan.lowerBound);
      expect(plan.optimal).toBe(true);
      expect(plan.scratch.filter((region) => region !== undefined)).toEqual([]);
      const expected = publishedModels.get(name);
      if (expected !== undefined) expect(plan.arenaBytes).toBeLessThanOrEqual(expected.arenaBytes);
    },
  );
}
