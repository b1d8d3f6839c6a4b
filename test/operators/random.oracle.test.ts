import { describe, expect, it } from 'vitest';
import { tflmAbsent } from '../oracle/oracle.js';
import { describeCase, difference, interpretCase, runCasesInTflm } from './support/evaluate.js';
import { loadCases } from './support/load-cases.js';
import { makeCase } from './support/operator-case.js';

const seed = Number(process.env.MODELC_SEED ?? Date.now() % 2 ** 32) >>> 0;
const casesPerFile = Number(process.env.MODELC_ORACLE_CASES ?? 200);

if (tflmAbsent !== undefined) console.log(`operators not compared with TFLite Micro: ${tflmAbsent}`);
else console.log(`operators against TFLite Micro: MODELC_SEED=${seed} MODELC_ORACLE_CASES=${casesPerFile}`);

describe.skipIf(tflmAbsent !== undefined).each(await loadCases())('$file', ({ file, cases }) => {
  it('computes what TFLite Micro computes', async () => {
    const subjects = Array.from({ length: casesPerFile }, (_, number) => makeCase(cases, seed, number));
    const outcomes = await runCasesInTflm(subjects);
    const wrong = subjects.flatMap((subject, number) => {
      const outcome = outcomes[number] ?? { error: 'no result' };
      const problem =
        'error' in outcome
          ? `TFLite Micro fails: ${outcome.error}`
          : difference(outcome.outputs, interpretCase(subject));
      return problem === undefined
        ? []
        : [`${file} case ${number} of seed ${seed}: ${problem}\n${describeCase(subject)}`];
    });
    expect(wrong).toEqual([]);
  });
});
