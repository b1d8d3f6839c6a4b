/**
 * Writes the JSON Schemas that editors and other tools check our files and what `--json` prints with, from the schemas that modelc itself uses.
 *
 *   npx tsx scripts/generate-json-schemas.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publishedSchemas } from '../src/project/json-schemas.js';

for (const { path, text } of publishedSchemas()) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
}
