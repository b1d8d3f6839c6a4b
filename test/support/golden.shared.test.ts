import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseInputs, loadGolden } from './golden.js';
import { sharedGoldenPaths, sharedModels, sharedModelsAbsent } from './shared-models.js';

if (sharedModelsAbsent !== undefined) console.log(`golden files not tested: ${sharedModelsAbsent}`);

describe.skipIf(sharedModelsAbsent !== undefined)('golden files', () => {
  it('there is one for every model', () => {
    const models = sharedGoldenPaths().map((path) => loadGolden(path).name);
    expect(models.sort()).toEqual(
      sharedModels()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it.each(sharedGoldenPaths().map((path) => ({ name: basename(path), path })))(
    '$name: the rules make the inputs on record, for every case and step',
    ({ path }) => {
      const golden = loadGolden(path);
      for (const [index, { steps }] of golden.cases.entries()) {
        expect(caseInputs(golden, index).length).toBe(steps.length);
      }
    },
  );
});
