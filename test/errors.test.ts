import { describe, expect, it } from 'vitest';
import { formatPlace } from '../src/errors.js';

describe('formatPlace', () => {
  it('names operator and tensor', () => {
    const place = { operator: { index: 3, name: 'CONV_2D' }, tensor: { index: 12, name: 'conv/weights' } };
    expect(formatPlace(place)).toBe('operator 3 CONV_2D, tensor 12 "conv/weights"');
  });

  it('escapes characters that would act on a terminal', () => {
    const place = { operator: { index: 0, name: 'CUSTOM:\n' }, tensor: { index: 1, name: 'a\u001b[2J\u202e' } };
    expect(formatPlace(place)).toBe('operator 0 CUSTOM:\\u{a}, tensor 1 "a\\u{1b}[2J\\u{202e}"');
  });

  it('shortens very long names', () => {
    expect(formatPlace({ tensor: { index: 1, name: 'n'.repeat(60000) } }).length).toBeLessThan(200);
  });
});
