import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { readModel } from '../../src/tflite/reader.js';
import { writeModel } from '../../src/tflite/writer.js';
import { type FuzzOptions, fuzz, fuzzOptionsFromEnvironment } from '../support/fuzz.js';
import { logisticGraph, makeModel, variedModel } from '../support/models.js';
import { sharedModels, sharedModelsAbsent } from '../support/shared-models.js';

const ownModels = [
  { name: 'varied', bytes: writeModel(variedModel()) },
  { name: 'logistic', bytes: writeModel(makeModel([logisticGraph()])) },
];

describe('fuzz', () => {
  const few: FuzzOptions = {
    seed: 1,
    truncationsPerModel: 10,
    flips: 10,
    caseMilliseconds: 2000,
    growthBytes: 2 ** 30,
  };

  it('feeds equal copies for equal seeds', () => {
    const copies = (seed: number): string[] => {
      const seen: string[] = [];
      fuzz(ownModels, (bytes) => void seen.push(bytes.join()), { ...few, seed });
      return seen;
    };
    expect(copies(1)).toHaveLength(30);
    expect(copies(1)).toEqual(copies(1));
    expect(copies(1)).not.toEqual(copies(2));
  });

  it('fails on any other error than ModelcError, and on slow copies', () => {
    const refuse = () => {
      throw new ModelcError({ code: 'format/corrupt', message: '', remedy: '', place: {} });
    };
    const crash = () => {
      throw new RangeError('out of bounds');
    };
    expect(fuzz(ownModels, refuse, few)).toMatchObject({ cases: 30, accepted: 0 });
    expect(() => fuzz(ownModels, crash, few)).toThrow(
      /case 0 \(varied cut at \d+\) of seed 1: RangeError: out of bounds/,
    );
    expect(() => fuzz(ownModels, () => {}, { ...few, caseMilliseconds: -1 })).toThrow(/took \d+ ms/);
  });
});

describe('readModel on damaged files', () => {
  it('returns or throws ModelcError, in time and memory', { timeout: 600_000 }, () => {
    if (sharedModelsAbsent !== undefined) console.log(`fuzzing own models only: ${sharedModelsAbsent}`);
    const options = fuzzOptionsFromEnvironment();
    console.log(`MODELC_FUZZ_SEED=${options.seed}`);
    const report = fuzz([...ownModels, ...sharedModels()], (bytes) => void readModel(bytes), options);
    const { cases, accepted, slowestMilliseconds, milliseconds, growthBytes } = report;
    console.log(
      `${cases} copies, ${accepted} accepted, ${(milliseconds / 1000).toFixed(1)} s, ` +
        `slowest ${slowestMilliseconds.toFixed(0)} ms, process grew ${(growthBytes / 2 ** 20).toFixed(0)} MiB`,
    );
    expect(cases).toBeGreaterThan(0);
  });
});
