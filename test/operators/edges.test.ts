import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { generatedFile } from '../codegen/generate.js';
import { edgeCases, largestSum } from './support/edge-cases.js';
import { interpretCase } from './support/evaluate.js';
import { caseModel } from './support/operator-case.js';

describe('the interpreter at the edges of the arithmetic', () => {
  it.each(edgeCases.map((edge) => [edge.name, edge] as const))('%s', (_, edge) => {
    const [first] = interpretCase(edge);
    expect([...new Int8Array(first?.[0]?.buffer ?? new ArrayBuffer(0))]).toEqual(edge.expected);
  });
});

describe('the form of requantisation that joins both roundings', () => {
  const narrow = (largest: number) =>
    /\.narrow = (\d)/.exec(generatedFile(compileModel(caseModel(largestSum(largest))), 'model/model.c'))?.[1];

  it.each([
    [2 ** 29, '1'],
    [2 ** 30 - 1, '1'],
    [2 ** 30, '0'],
    [2 ** 30 + 1, '0'],
    [2 ** 31 - 1, '0'],
  ])('with sums up to %i: %s', (largest, expected) => expect(narrow(largest)).toBe(expected));
});
