/** docs/schemas, written by scripts/generate-json-schemas.ts, and the links of what is packed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/report/failure.js';
import { jsonSchema, reportSchemas } from '../../src/report/schemas.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const names = Object.keys(reportSchemas) as (keyof typeof reportSchemas)[];

describe('docs/schemas', () => {
  it('has one file for each command, and no other', () => {
    expect(names).toEqual(expect.arrayContaining([...commandNames]));
    expect(readdirSync(join(root, 'docs/schemas')).sort()).toEqual(names.map((name) => `${name}.schema.json`).sort());
  });

  it.each(names)('%s is what the command prints: npx tsx scripts/generate-json-schemas.ts', (name) => {
    expect(JSON.parse(read(`docs/schemas/${name}.schema.json`))).toEqual(jsonSchema(name));
  });
});

describe('links of the packed pages', () => {
  const packed: readonly string[] = JSON.parse(read('package.json')).files;
  const isPacked = (path: string) => packed.some((entry) => path === entry || path.startsWith(`${entry}/`));
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ];

  it.each(pages)('%s leads only to files of the package', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link as string);
    const local = links.filter((link) => !/^https?:/.test(link)).map((link) => normalize(join(dirname(page), link)));
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(local.filter((path) => !isPacked(path))).toEqual([]);
  });
});
