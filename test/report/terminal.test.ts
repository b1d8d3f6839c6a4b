import { describe, expect, it } from 'vitest';
import { toJsonLine } from '../../src/report/failure.js';
import { createStyle, grouped, printable, shortened, table } from '../../src/report/terminal.js';

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
