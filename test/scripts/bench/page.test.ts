import { describe, expect, it } from 'vitest';
import { chart } from '../../../scripts/bench/chart.js';
import { markdownTable, page, summary, verdict, withSummary } from '../../../scripts/bench/page.js';
import { anchor, model, resultsOf } from './figures.js';

const results = resultsOf(model);
/** Columns are as wide as their widest cell, which is not the point here. */
const unaligned = (text: string) => text.replace(/ +/g, ' ');

describe('markdownTable', () => {
  it('aligns names to the left and numbers to the right', () => {
    expect(
      markdownTable(
        ['model', 'n'],
        [
          ['a', '1,000'],
          ['longer', '2'],
        ],
      ),
    ).toBe(['| model  |     n |', '| ------ | ----: |', '| a      | 1,000 |', '| longer |     2 |'].join('\n'));
  });
});

describe('verdict', () => {
  it('names the models and processors on which the anchor needs fewer instructions', () => {
    const text = verdict(results, anchor);
    expect(text).toContain('- M4: 1 of 1: tiny (1.20).');
    expect(text).toContain('- M0+: none.');
  });
});

describe('page', () => {
  it('has the figures, the ratios, the versions and the machine', () => {
    const text = unaligned(page(results, anchor));
    for (const part of [
      '| tiny | 1,200,000 |',
      '| tiny | 2,400,000 | 0.50 | 1,000,000 | 1.20 |',
      '| tiny | 2,048 | 2,000 | 64 | 4,000 | 2,000 |',
      '| tiny | 3,000 | 1,500 |',
      'On Some processor with Node.js 20.0.0',
      'gcc 12.2.0',
      '123.4',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/undefined|NaN|Where a dash stands/);
  });

  it('puts a dash where a model does not fit, and says why', () => {
    const boards = model.boards.map((result, i) => (i === 0 ? { board: result.board, reason: 'Too large.' } : result));
    const text = unaligned(page(resultsOf({ ...model, boards }), anchor));
    expect(text).toContain('| tiny | — | 1,200,000 |');
    expect(text).toContain('| tiny | 2,400,000 | — |');
    expect(text).toContain('- tiny on M0+: Too large.');
  });

  it('shows a model without an anchor alone', () => {
    const text = unaligned(page(resultsOf({ ...model, name: 'own' }), anchor));
    expect(text).toContain('| own | 1,200,000 |');
    expect(text).not.toContain('| own | 2,400,000 |');
  });
});

describe('the summary', () => {
  it('replaces what stands between the markers and nothing else', () => {
    const readme = 'a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n';
    const text = summary(results, anchor);
    const written = withSummary(readme, text);
    expect(written).toBe(`a\n<!-- bench -->\n\n${text}\n\n<!-- /bench -->\nb\n`);
    expect(withSummary(written, text)).toBe(written);
    expect(unaligned(text)).toContain('| tiny | 2,048 | 4,000 | 1,200,000 | 1.20 | 1,200,000 | 0.50 |');
  });

  it('is refused by a page without markers', () => {
    expect(() => withSummary('text', 'summary')).toThrow(/no markers/);
  });
});

describe('chart', () => {
  it('draws a bar as long as its ratio, for models with an anchor only', () => {
    const svg = chart(resultsOf(model, { ...model, name: 'own' }), anchor);
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="13"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect((widths[0] as number) / (widths[1] as number)).toBeCloseTo(1.2 / 0.5, 2);
    expect(svg).not.toContain('own');
  });
});
