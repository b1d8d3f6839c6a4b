import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadAnchor } from '../../scripts/bench/anchor.js';
import { chart } from '../../scripts/bench/chart.js';
import { benchBoards, page, summary } from '../../scripts/bench/page.js';
import { resultsSchema } from '../../scripts/bench/results.js';
import { crc32, formatCrc32 } from '../../src/ir/crc32.js';
import { digits } from '../support/digits.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const record = resultsSchema.parse(JSON.parse(read('docs/benchmarks.json')));
const anchor = loadAnchor();

describe('docs/benchmarks.json', () => {
  it('has every model on every board', () => {
    expect(record.models.map(({ name }) => name)).toEqual(['digits', ...anchor.models.map(({ name }) => name)]);
    for (const { boards } of record.models) expect(boards.map(({ board }) => board)).toEqual([...benchBoards.keys()]);
  });

  it('measured the example as it is', () => {
    expect(record.models[0]?.crc32).toBe(formatCrc32(crc32(digits.bytes)));
  });

  it('has vww compiled in less than a second', () => {
    expect(record.models.find(({ name }) => name === 'vww')?.compile_ms.warm).toBeLessThan(1000);
  });
});

// npm run bench -- --pages writes them again
describe('what is written from it', () => {
  it('is docs/benchmarks.md', () => expect(read('docs/benchmarks.md')).toBe(page(record, anchor)));
  it('is docs/benchmarks.svg', () => expect(read('docs/benchmarks.svg')).toBe(chart(record, anchor)));
  it('is the summary in README.md', () => expect(read('README.md')).toContain(summary(record, anchor)));
});
