import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as pure from '../../src/index.js';
import * as node from '../../src/node.js';
import { outputOfExample } from './api-example.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/api.md'), 'utf8');

/** What a source file of ours imports, and what these import. */
function importsBelow(path: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(path)) return seen;
  const text = readFileSync(path, 'utf8');
  // imports and re-exports that are more than types
  const specifiers = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)].map(
    ([, name]) => name as string,
  );
  seen.set(path, specifiers);
  for (const specifier of specifiers) {
    if (specifier.startsWith('.')) importsBelow(join(dirname(path), specifier.replace(/\.js$/, '.ts')), seen);
  }
  return seen;
}

describe('the library', () => {
  it('compiles and runs a model as docs/api.md shows', async () => {
    const output = await outputOfExample('Compile and run a model');
    expect(output).toMatch(
      /^10 layers, 81408 MACs, arena 1344 bytes\nscores( -?\d+){10}\n\d+ files, \d+ bytes of constants$/,
    );
  }, 30_000);

  it('does not need Node in its main entry', () => {
    const imports = importsBelow(join(root, 'src/index.ts'));
    expect(imports.size).toBeGreaterThan(50);
    const offending = [...imports].filter(([, names]) => names.some((name) => /^node:|^execa$/.test(name)));
    expect(offending).toEqual([]);
  });

  it('describes what it exports', () => {
    const exported = new Set([...Object.keys(pure), ...Object.keys(node)]);
    const described = [...page.matchAll(/`(\w+)(?=[(`])/g)].map(([, name]) => name as string);
    expect(described.length).toBeGreaterThan(20);
    const types = ['ModelcError', 'Program', 'Model', 'problems', 'exitCode', 'modelc', 'tflm', 'verify'];
    expect(described.filter((name) => !exported.has(name) && !types.includes(name))).toEqual([]);
  });
});
