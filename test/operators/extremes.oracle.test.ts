import { describe, expect, it } from 'vitest';
import { tflmAbsent } from '../oracle/oracle.js';
import { difference, interpretCase, runCasesInTflm } from './support/evaluate.js';
import { extremeModels } from './support/extreme-models.js';

if (tflmAbsent !== undefined) console.log(`extreme models not compared with TFLite Micro: ${tflmAbsent}`);

describe.skipIf(tflmAbsent !== undefined)('models beyond 32 bits', () => {
  it('wrap as they do in TFLite Micro', async () => {
    const asked = extremeModels.filter(({ undefinedInTflm }) => undefinedInTflm === undefined);
    const outcomes = await runCasesInTflm(asked.map(({ subject }) => subject));
    const wrong = asked.flatMap(({ name, subject }, i) => {
      const outcome = outcomes[i] ?? { error: 'no result' };
      const problem = 'error' in outcome ? outcome.error : difference(outcome.outputs, interpretCase(subject));
      return problem === undefined ? [] : [`${name}: ${problem}`];
    });
    expect(wrong).toEqual([]);
  });

  it('are refused or end in a crash there where they are defined here alone', async () => {
    const defined = extremeModels.filter(({ undefinedInTflm }) => undefinedInTflm !== undefined);
    const outcomes = await runCasesInTflm(defined.map(({ subject }) => subject));
    expect(defined.flatMap(({ name }, i) => ('error' in (outcomes[i] ?? {}) ? [] : [name]))).toEqual([]);
  });
});
