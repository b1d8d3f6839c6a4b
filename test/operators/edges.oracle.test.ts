import { describe, expect, it } from 'vitest';
import { tflmAbsent } from '../oracle/oracle.js';
import { edgeCases } from './support/edge-cases.js';
import { difference, interpretCase, runCasesInTflm } from './support/evaluate.js';

const defined = edgeCases.filter(({ undefinedInTflm }) => undefinedInTflm !== true);

describe.skipIf(tflmAbsent !== undefined)('TFLite Micro at the edges of the arithmetic', () => {
  it('computes what the interpreter computes', async () => {
    const outcomes = await runCasesInTflm(defined);
    const wrong = defined.flatMap((edge, i) => {
      const outcome = outcomes[i] ?? { error: 'no result' };
      const problem = 'error' in outcome ? outcome.error : difference(outcome.outputs, interpretCase(edge));
      return problem === undefined ? [] : [`${edge.name}: ${problem}`];
    });
    expect(wrong).toEqual([]);
  });
});
