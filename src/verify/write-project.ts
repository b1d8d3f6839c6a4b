/** Puts a generated project on disk, completely or not at all. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProjectFile } from '../codegen/project.js';
import { ModelcError } from '../errors.js';

/** Lists the project's own files, so that a later run knows what it may replace. */
const manifestName = '.modelc-files';

/**
 * Writes `files` into `directory`. Files of an earlier generation that are no longer part of the project are removed;
 * anything else in the folder stays. Each file appears at its place by a rename, after all of them were written.
 *
 * @throws ModelcError `usage/file` when the folder cannot be written or holds files that modelc did not write.
 */
export function writeProject(directory: string, files: readonly ProjectFile[]): void {
  const target = resolve(directory);
  const previous = readManifest(target);
  const foreign = files.filter(({ path }) => !previous.has(path) && existsSync(join(target, path)));
  if (foreign.length > 0) {
    throw new ModelcError({
      code: 'usage/file',
      message: `The folder already has a file ${foreign[0]?.path} that modelc did not write.`,
      remedy: 'Choose another output folder with -o, or move the file away.',
      place: { file: directory },
    });
  }
  try {
    mkdirSync(target, { recursive: true });
    const staging = mkdtempSync(join(target, '.modelc-staging-'));
    try {
      for (const { path, text } of files) {
        mkdirSync(dirname(join(staging, path)), { recursive: true });
        writeFileSync(join(staging, path), text);
      }
      const paths = files.map(({ path }) => path);
      writeFileSync(join(staging, manifestName), `${paths.join('\n')}\n`);
      for (const path of previous) if (!paths.includes(path)) rmSync(join(target, path), { force: true });
      for (const path of [...paths, manifestName]) {
        mkdirSync(dirname(join(target, path)), { recursive: true });
        renameSync(join(staging, path), join(target, path));
      }
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  } catch (error) {
    throw new ModelcError({
      code: 'usage/file',
      message: `The project cannot be written: ${(error as Error).message}.`,
      remedy: 'Choose another output folder with -o.',
      place: { file: directory },
    });
  }
}

function readManifest(target: string): ReadonlySet<string> {
  const path = join(target, manifestName);
  if (!existsSync(path)) return new Set();
  // a manifest is only believed about paths inside the folder
  const lines = readFileSync(path, 'utf8').split('\n');
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('/') && !line.split('/').includes('..')));
}

/** True when nothing but a project modelc wrote is in the folder, or it does not exist. */
export function isOwnProject(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0 || existsSync(join(directory, manifestName));
}
