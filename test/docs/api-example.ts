/** Runs the programs of docs/api.md against the sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Standard output of the program below a heading. */
export async function outputOfExample(heading: string): Promise<string> {
  const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
  const section = page.split(`## ${heading}\n`)[1] ?? '';
  const program = /```js\n([\s\S]*?)```/.exec(section)?.[1];
  if (program === undefined) throw new Error(`docs/api.md has no program below "${heading}"`);
  const source = program
    .replaceAll("'modelc/node'", JSON.stringify(join(root, 'src/node.ts')))
    .replaceAll("'modelc'", JSON.stringify(join(root, 'src/index.ts')));
  const result = await execa('node', ['--import', 'tsx', '--input-type=module', '--eval', source], { cwd: root });
  return result.stdout;
}
