/** The command as `npm run build` makes it, from a copy of the sources: other tests may build the checkout meanwhile. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const needed = [
  'src',
  'scripts',
  'templates',
  'runtime-c',
  'boards',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

export interface BuiltCommand {
  /** The folder of the package. */
  readonly folder: string;
  /** The executable. */
  readonly path: string;
}

/** Builds the package in a folder that is removed after the file's tests. To be called before they run. */
export async function buildCommand(): Promise<BuiltCommand> {
  const folder = mkdtempSync(join(tmpdir(), 'modelc-built-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of needed) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build(folder);
  return { folder, path: join(folder, 'dist/cli/main.js') };
}

export async function build(folder: string): Promise<void> {
  await execa('npm', ['run', '--silent', 'build'], { cwd: folder, stdin: 'ignore' });
}
