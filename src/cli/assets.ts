/** Loads the templates, kernels and board files that come with modelc. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assets } from '../codegen/project.js';

/** Root of the installed package (or the checkout): two levels above this file in `src/cli` and in `dist/cli`. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

function readTree(folder: string, accept: (file: string) => boolean): Map<string, string> {
  const root = join(packageRoot, folder);
  const files = readdirSync(root, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && accept(entry.name),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
}

let loaded: Assets | undefined;

/** Everything the code generator copies or fills in. Read once. */
export function loadAssets(): Assets {
  loaded ??= {
    templates: readTree('templates', (file) => /\.(hbs|py|cmake)$/.test(file)),
    runtime: readTree('runtime-c', (file) => file.endsWith('.h')),
    boards: readTree('boards', (file) => /\.(c|h|ld|S|py)$/.test(file)),
    version: packageVersion(),
  };
  return loaded;
}
