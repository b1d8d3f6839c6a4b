import { expect, it } from 'vitest';
import { outputOfExample } from './api-example.js';

it('the library proves a model on a board as docs/api.md shows', async () => {
  expect(await outputOfExample('Prove it on a board')).toMatch(/^10 layers equal, \d+ bytes of stack$/);
});
