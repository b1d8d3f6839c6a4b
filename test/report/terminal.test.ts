import { describe, expect, it } from 'vitest';
import { toJsonLine } from '../../src/report/failure.js';
import { createStyle, grouped, printable, shortened, table, tellingNames } from '../../src/report/terminal.js';

describe('text for terminals', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [12_345_678, '12,345,678'],
  ])('groups the digits of %i', (value, text) => expect(grouped(value)).toBe(text));

  it('shows control and formatting characters instead of obeying them', () => {
    expect(printable('a\u001b[2Jb\u202e')).toBe('a\\u{1b}[2Jb\\u{202e}');
  });

  it('keeps both ends of a long name', () => {
    expect(shortened('abcdefghij', 5)).toBe('ab…ij');
    expect(shortened('abcde', 5)).toBe('abcde');
  });

  it('aligns tables without trailing blanks', () => {
    const drawn = table(createStyle(false), [{ title: 'n', align: 'right' }, { title: 'name' }], [['10', 'x']]);
    expect(drawn).toBe('   n  name\n  10  x');
  });
});

describe('JSON', () => {
  it('is one line of printable characters that means the same', () => {
    const object = { name: 'a\u009b31m\u2028\u{e0001}\n' };
    const line = toJsonLine(object);
    expect(line).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(line)).toEqual(object);
  });
});

describe('tellingNames', () => {
  it('drops the folder that all share', () => {
    expect(tellingNames(['net/a/conv/Relu', 'net/a/pool/Max'])).toEqual(['…conv/Relu', '…pool/Max']);
    expect(tellingNames(['net/a'])).toEqual(['net/a']);
  });

  it('keeps the end of a long name, and the first of those a converter joined', () => {
    expect(tellingNames([`${'x'.repeat(60)}end`], 10)).toEqual([`…${'x'.repeat(6)}end`]);
    expect(tellingNames(['net/relu/Relu;net/batch_norm/sub;net/convolution'], 20)).toEqual(['net/relu/Relu;…']);
  });

  it('keeps names apart', () => {
    const names = [`a${'x'.repeat(60)}`, `b${'x'.repeat(60)}`];
    expect(tellingNames(names, 20)).toEqual([`axxxxxxxx…${'x'.repeat(9)}`, `bxxxxxxxx…${'x'.repeat(9)}`]);
  });

  it('prints no control characters and stays within its length', () => {
    const names = tellingNames(['m/\u001b[2Jx', `m/${'é\n'.repeat(100)};m/b`], 30);
    for (const name of names) expect(name).toMatch(/^[^\p{Cc}]{1,30}$/u);
  });
});
