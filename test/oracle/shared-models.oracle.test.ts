import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/ir/crc32.js';
import { caseInputs, type Golden, loadGolden } from '../support/golden.js';
import { sharedGoldenPaths, sharedModelsAbsent } from '../support/shared-models.js';
import { runTflm, type TflmResult, tflmAbsent } from './oracle.js';

const absent = tflmAbsent ?? sharedModelsAbsent;
if (absent !== undefined) console.log(`oracle not compared with the golden files: ${absent}`);

/** The golden files hold the answers for all models; these few show that the oracle here gives the same. */
const chosen = ['kws', 'hello_world', 'mnist_lstm', 'mww_vad', 'rand1', 'rand2', 'rand3'];
const paths = sharedGoldenPaths().filter((path) => chosen.includes(basename(path, '.golden.json')));

/** The result in the form of the golden file's own record. */
function summarize(result: TflmResult) {
  if (!result.ok) return result.error;
  return result.steps.map(({ outputs, tensors }) => ({
    outputs: outputs.map(({ type, shape, bytes }) => ({ type, shape, crc32: crc32(bytes) })),
    tensors: new Map([...tensors].map(([index, { bytes }]) => [index, crc32(bytes)])),
  }));
}

function recorded({ cases }: Golden, caseIndex: number) {
  return cases[caseIndex]?.steps.map(({ outputs, tensors }) => ({
    outputs: outputs.map(({ type, shape, crc32 }) => ({ type, shape, crc32 })),
    tensors,
  }));
}

describe.skipIf(absent !== undefined)('TFLite Micro and the golden files', () => {
  it('all chosen models are there', () => {
    expect(paths.length).toBe(chosen.length);
  });

  it.each(paths.map((path) => ({ name: basename(path, '.golden.json'), path })))(
    '$name: equal outputs and tensors in every case and step',
    async ({ path }) => {
      const golden = loadGolden(path);
      const jobs = golden.cases.map((_, index) => ({
        model: golden.file,
        steps: caseInputs(golden, index),
        tensors: true,
      }));
      const results = await runTflm(jobs);
      expect(results.map(summarize)).toEqual(golden.cases.map((_, index) => recorded(golden, index)));
    },
  );
});
