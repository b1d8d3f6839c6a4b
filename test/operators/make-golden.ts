/**
 * Writes test/operators/golden: runs the cases of every operator in TensorFlow Lite Micro and keeps checksums.
 *
 *   npm run golden [-- <file>...]     only the named cases files, without .cases.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tflmAbsent } from '../oracle/oracle.js';
import { describeCase, runCasesInTflm } from './support/evaluate.js';
import { caseChecksum, type GoldenFile, goldenFolder, goldenPath, outputChecksum } from './support/golden-file.js';
import { loadCases } from './support/load-cases.js';
import { makeCase } from './support/operator-case.js';

const seed = 20260101;
const casesPerFile = 150;

if (tflmAbsent !== undefined) throw new Error(tflmAbsent);
mkdirSync(goldenFolder, { recursive: true });
const wanted = process.argv.slice(2);
for (const { file, cases } of await loadCases()) {
  if (wanted.length > 0 && !wanted.includes(file)) continue;
  const subjects = Array.from({ length: casesPerFile }, (_, number) => makeCase(cases, seed, number));
  const outcomes = await runCasesInTflm(subjects);
  const golden: GoldenFile = {
    operator: cases.operator,
    seed,
    cases: subjects.map((subject, number) => {
      const outcome = outcomes[number];
      if (outcome === undefined || 'error' in outcome) {
        throw new Error(`${file} case ${number}: TFLite Micro fails: ${outcome?.error}\n${describeCase(subject)}`);
      }
      return `${caseChecksum(subject)}:${outputChecksum(outcome.outputs)}`;
    }),
  };
  writeFileSync(goldenPath(file), `${JSON.stringify(golden, undefined, 2)}\n`);
  console.log(`${file}: ${golden.cases.length} cases`);
}
