import { describe, expect, it } from 'vitest';
import { compileModel, lower, prepareModel } from '../../src/compiler.js';
import { loadCases } from '../operators/support/load-cases.js';
import { caseModel, makeCase } from '../operators/support/operator-case.js';
import { digits } from '../support/digits.js';

describe('the choice of kernels', () => {
  it('takes the first that the target runs and that takes the layer, and says why not another', async () => {
    const quantize = (await loadCases()).find(({ file }) => file === 'quantize');
    const choices = Array.from({ length: 12 }, (_, i) => {
      if (quantize === undefined) throw new Error('there are no cases of QUANTIZE');
      const [choice] = compileModel(caseModel(makeCase(quantize.cases, 3, i))).kernels;
      return `${choice?.kernel} for ${choice?.passedOver.map(({ kernel, reason }) => `${kernel}: ${reason}`).join()}`;
    });
    expect(new Set(choices)).toEqual(
      new Set(['quantize_f32_s8 for ', 'lookup_8 for quantize_f32_s8: it does not compute such a layer']),
    );
  });

  it('fails as a mistake of ours when a target runs no kernel of an operator', () => {
    expect(() => lower(prepareModel(digits.bytes), { isas: [] })).toThrow('no kernel computes CONV_2D');
  });
});
