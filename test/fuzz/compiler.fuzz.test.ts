import { expect, it } from 'vitest';
import { writeModel } from '../../src/tflite/writer.js';
import { digits } from '../support/digits.js';
import { fuzz, fuzzOptionsFromEnvironment } from '../support/fuzz.js';
import { logisticGraph, makeModel } from '../support/models.js';
import { sharedModels, sharedModelsAbsent } from '../support/shared-models.js';
import { compileAndEmit } from './pipeline.js';

const ownModels = [digits, { name: 'logistic', bytes: writeModel(makeModel([logisticGraph()])) }];

it('compiles damaged files to C or throws ModelcError, in time and memory', { timeout: 1_800_000 }, () => {
  if (sharedModelsAbsent !== undefined) console.log(`fuzzing own models only: ${sharedModelsAbsent}`);
  // an accepted copy is interpreted for its golden vectors; the largest model takes most of a second
  const options = { ...fuzzOptionsFromEnvironment(), caseMilliseconds: 10_000 };
  console.log(`MODELC_FUZZ_SEED=${options.seed}`);
  const report = fuzz([...ownModels, ...sharedModels()], (bytes) => void compileAndEmit(bytes), options);
  const { cases, accepted, slowestMilliseconds, milliseconds, growthBytes } = report;
  console.log(
    `${cases} copies, ${accepted} compiled, ${(milliseconds / 1000).toFixed(1)} s, ` +
      `slowest ${slowestMilliseconds.toFixed(0)} ms, process grew ${(growthBytes / 2 ** 20).toFixed(0)} MiB`,
  );
  expect(cases).toBeGreaterThan(0);
  expect(accepted).toBeGreaterThan(0);
});
