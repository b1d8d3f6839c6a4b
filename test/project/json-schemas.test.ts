import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/cli/package.js';
import { publishedSchemas } from '../../src/project/json-schemas.js';

it.each(publishedSchemas().map(({ path, text }) => [path, text] as const))('%s is current', (path, text) => {
  expect(readFileSync(join(packageRoot, path), 'utf8'), 'npx tsx scripts/generate-json-schemas.ts').toBe(text);
});
