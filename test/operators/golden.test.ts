import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { supportedOperators } from '../../src/operators/registry.js';
import { describeCase, interpretCase } from './support/evaluate.js';
import {
  caseChecksum,
  type GoldenFile,
  goldenCases,
  goldenFolder,
  goldenPath,
  goldenSeed,
  outputChecksum,
} from './support/golden-file.js';
import { loadCases } from './support/load-cases.js';
import { makeCase } from './support/operator-case.js';

const files = await loadCases();

describe('cases files', () => {
  it('exist for every operator', () => {
    expect(files.map(({ cases }) => cases.operator).filter((name) => name !== 'graphs')).toEqual(
      expect.arrayContaining(supportedOperators()),
    );
  });

  it('have a golden file each, and no golden file is left over', () => {
    expect(readdirSync(goldenFolder).sort()).toEqual(files.map(({ file }) => `${file}.json`));
  });
});

describe.each(files)('$file', ({ file, cases }) => {
  const golden = JSON.parse(readFileSync(goldenPath(file), 'utf8')) as GoldenFile;
  const subjects = golden.cases.map((_, number) => makeCase(cases, golden.seed, number));

  it('has a golden file of the operator, with all of its cases', () => {
    expect(golden.operator).toBe(cases.operator);
    expect(golden.seed, 'run npm run golden').toBe(goldenSeed);
    expect(golden.cases, 'run npm run golden').toHaveLength(goldenCases);
    expect(golden.cases.filter((entry) => !/^[0-9a-f]{8}:[0-9a-f]{8}$/.test(entry))).toEqual([]);
  });

  it('gives the operator something to do in every case', () => {
    const idle = subjects.filter(
      ({ graph, inferences }) =>
        inferences.length === 0 ||
        (cases.operator !== 'graphs' && !graph.operators.some(({ name }) => name === cases.operator)),
    );
    expect(idle.map(describeCase)).toEqual([]);
  });

  it('makes the cases the golden file was made from', () => {
    const made = subjects.map(caseChecksum);
    const known = golden.cases.map((entry) => entry.split(':')[0]);
    expect(made, 'a generator has changed: run npm run golden').toEqual(known);
  });

  it('computes what TFLite Micro computed', () => {
    const wrong = subjects.flatMap((subject, number) => {
      const wanted = golden.cases[number]?.split(':')[1];
      const found = outputChecksum(interpretCase(subject));
      return found === wanted ? [] : [`case ${number} of seed ${golden.seed}: ${describeCase(subject)}`];
    });
    expect(wrong).toEqual([]);
  });
});
