/** Loads the templates, kernels and board files that come with modelc. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Assets } from '../codegen/project.js';
import { packageRoot, packageVersion } from './package.js';
import { compileTemplate, readTemplates } from './templates.js';

/** Texts of the files below a folder of the package, by their path in it. */
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

let loaded: Assets | undefined;

/** Everything the code generator copies or fills in. Read once. */
export function loadAssets(): Assets {
  loaded ??= {
    templates: readTemplates(),
    compileTemplate,
    runtime: readTree('runtime-c', (file) => file.endsWith('.h')),
    boards: readTree('boards', (file) => /\.(c|h|ld|S|py)$/.test(file)),
    version: packageVersion(),
  };
  return loaded;
}
