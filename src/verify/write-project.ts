/**
 * Puts a generated project on disk, completely or not at all, without touching what is the user's. A file is modelc's
 * only while its content is what modelc wrote last; the manifest says what that was. Nothing is written or removed
 * through a symbolic link below the project's folder.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProjectFile } from '../codegen/project.js';
import { ModelcError, type Problem } from '../errors.js';
import { createTemporaryFolder, removeTemporaryFolder } from '../leftovers.js';
import { checksum, formatManifest, type Manifest, manifestName, parseManifest } from './manifest.js';
import { stagingPrefix } from './staging.js';

/** A file of the user that was left alone. */
export interface KeptFile {
  readonly path: string;
  /** Where the content lies that modelc would have written; absent when the user has seen it before. */
  readonly newVersion?: string;
  /** Whether the project still has a file of this name. */
  readonly obsolete: boolean;
}

/** What a call changed: paths relative to the project's folder. */
export interface WrittenProject {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly KeptFile[];
}

export interface WriteProjectOptions {
  /** What to do about an editable file that the user changed: leave it, or refuse to write the project. */
  readonly edited?: 'keep' | 'refuse';
}

interface Content {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Everything to be done, found out before anything is changed. */
interface Plan {
  readonly write: readonly Content[];
  readonly remove: readonly string[];
  readonly kept: readonly KeptFile[];
  /** What modelc will have written when all is done. */
  readonly manifest: Manifest;
}

/**
 * Writes `files` into `directory`, as far as they are not there already: a second call changes nothing, no file's time
 * either. Files of an earlier project that are not part of this one are removed; anything else in the folder stays.
 *
 * A file that the user changed is never replaced. If it is editable, it is kept, and when its new content differs from
 * what modelc wrote last, that is written beside it, with `.new` behind its name. Any other file stops the call.
 *
 * @throws ModelcError `usage/file`, one problem for each file of the user that is in the way, before anything is
 *   changed; or when the folder cannot be written.
 */
export function writeProject(
  directory: string,
  files: readonly ProjectFile[],
  options: WriteProjectOptions = {},
): WrittenProject {
  const target = resolve(directory);
  try {
    const before = readManifest(target);
    const plan = planWrite(target, files, before, options.edited ?? 'keep');
    const complete = formatManifest(plan.manifest);
    if (
      plan.write.length > 0 ||
      plan.remove.length > 0 ||
      before === undefined ||
      formatManifest(before) !== complete
    ) {
      carryOut(target, plan, before ?? new Map());
    }
    return { written: plan.write.map(({ path }) => path), removed: plan.remove, kept: plan.kept };
  } catch (error) {
    if (error instanceof ModelcError) {
      throw new ModelcError(
        error.problems.map((problem) => ({ ...problem, place: { file: join(directory, problem.place.file ?? '') } })),
      );
    }
    throw new ModelcError({
      code: 'usage/file',
      message: `The project cannot be written: ${(error as Error).message}.`,
      remedy: 'Choose another output folder with -o.',
      place: { file: directory },
    });
  }
}

function planWrite(
  target: string,
  files: readonly ProjectFile[],
  before: Manifest | undefined,
  edited: 'keep' | 'refuse',
): Plan {
  const problems: Problem[] = [];
  const write: Content[] = [];
  const kept: KeptFile[] = [];
  const manifest = new Map<string, ReadonlySet<string>>();

  const place = (content: Content, editable: boolean): void => {
    const sum = checksum(content.bytes);
    const found = inspect(target, content.path);
    manifest.set(content.path, new Set([sum]));
    if (found.kind === 'file' && Buffer.compare(found.bytes, content.bytes) === 0) return;
    if (found.kind === 'absent' || isOwn(found, content.path, before)) {
      write.push(content);
    } else if (found.kind === 'blocked') {
      problems.push(problem(found.by, `is ${found.what}`, 'modelc writes nothing through it'));
    } else if (!editable || edited === 'refuse' || before === undefined) {
      problems.push(
        before?.has(content.path)
          ? problem(content.path, 'was changed since modelc wrote it', 'it would be replaced')
          : problem(content.path, 'was not written by modelc', 'the project needs a file of this name'),
      );
    } else {
      const newVersion = `${content.path}.new`;
      const isOffered = before.get(content.path)?.has(sum) === true;
      if (!isOffered) place({ path: newVersion, bytes: content.bytes }, false);
      else if (isOwn(inspect(target, newVersion), newVersion, before)) {
        manifest.set(newVersion, before.get(newVersion) as ReadonlySet<string>);
      }
      kept.push({ path: content.path, obsolete: false, ...(isOffered ? {} : { newVersion }) });
    }
  };
  for (const { path, text, editable } of files) place({ path, bytes: Buffer.from(text) }, editable === true);
  if (problems.length > 0) throw new ModelcError(problems);

  const remove: string[] = [];
  for (const path of before?.keys() ?? []) {
    if (manifest.has(path)) continue;
    const found = inspect(target, path);
    if (isOwn(found, path, before)) remove.push(path);
    else if (found.kind === 'file' || found.kind === 'other') kept.push({ path, obsolete: true });
  }
  return { write, remove, kept, manifest };
}

function problem(file: string, what: string, why: string): Problem {
  return {
    code: 'usage/file',
    message: `The file ${what}, and ${why}.`.replace(/^The file is/, 'This is'),
    remedy: 'Move it away, or choose another folder with -o; nothing was changed.',
    place: { file },
  };
}

/**
 * Writes to the side, then moves each file into its place. While files are being replaced, the manifest has their old
 * and their new checksums, so that an interruption at any moment leaves nothing that a later call takes for the user's.
 */
function carryOut(target: string, { write, remove, manifest }: Plan, before: Manifest): void {
  const created = makeFolder(target);
  try {
    removeStaleStaging(target);
    const staging = createTemporaryFolder(join(target, `${stagingPrefix}${process.pid}-`));
    try {
      const replace = (path: string, bytes: Uint8Array | string): void => {
        writeFileSync(join(staging, 'manifest'), bytes);
        renameSync(join(staging, 'manifest'), join(target, path));
      };
      write.forEach(({ bytes }, index) => {
        writeFileSync(join(staging, String(index)), bytes);
      });
      if (write.length > 0 || remove.length > 0) replace(manifestName, formatManifest(union(before, manifest)));
      write.forEach(({ path }, index) => {
        created.push(...makeFolder(dirname(join(target, path))));
        renameSync(join(staging, String(index)), join(target, path));
      });
      for (const path of remove) rmSync(join(target, path), { force: true });
      replace(manifestName, formatManifest(manifest));
    } finally {
      removeTemporaryFolder(staging);
    }
  } catch (error) {
    for (const folder of created.reverse()) removeIfEmpty(folder);
    throw error;
  }
}

function union(first: Manifest, second: Manifest): Manifest {
  const both = new Map(first);
  for (const [path, sums] of second) both.set(path, new Set([...(first.get(path) ?? []), ...sums]));
  return both;
}

/** Removes what a process left that was killed while it wrote here. */
function removeStaleStaging(target: string): void {
  for (const entry of readdirSync(target, { withFileTypes: true })) {
    const [, pid] =
      /^(\d+)-\w+$/.exec(entry.name.startsWith(stagingPrefix) ? entry.name.slice(stagingPrefix.length) : '') ?? [];
    if (pid === undefined || !entry.isDirectory() || isAlive(Number(pid))) continue;
    rmSync(join(target, entry.name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // something is in it: then it is not ours to remove
  }
}

type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** A link, a folder, a device: whatever it is, modelc did not make it. */
  | { readonly kind: 'other' }
  /** A component of the path is no folder. */
  | { readonly kind: 'blocked'; readonly by: string; readonly what: string };

function isOwn(found: Found, path: string, manifest: Manifest | undefined): boolean {
  return found.kind === 'file' && manifest?.get(path)?.has(checksum(found.bytes)) === true;
}

/** What lies at a path below `target`, which may itself be reached through links. */
function inspect(target: string, path: string): Found {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const by = parts.slice(0, depth).join('/');
    const stats = lstatSync(join(target, by), { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'absent' };
    if (stats.isDirectory()) continue;
    return { kind: 'blocked', by, what: stats.isSymbolicLink() ? 'a symbolic link' : 'not a folder' };
  }
  const stats = lstatSync(join(target, path), { throwIfNoEntry: false });
  if (stats === undefined) return { kind: 'absent' };
  return stats.isFile() ? { kind: 'file', bytes: readUnlinked(join(target, path)) } : { kind: 'other' };
}

/** The bytes of a regular file that is not reached through a link, whatever it has become since it was looked at. */
function readUnlinked(path: string): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${path} is not a regular file`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Undefined where modelc has written nothing yet. */
function readManifest(target: string): Manifest | undefined {
  const found = inspect(target, manifestName);
  if (found.kind === 'absent') return undefined;
  if (found.kind !== 'file') {
    throw new ModelcError(problem(manifestName, 'is not a regular file', 'modelc keeps the list of its files there'));
  }
  return parseManifest(new TextDecoder().decode(found.bytes));
}

/**
 * Makes a folder and those it lies in, and tells which were missing. Not `mkdir` with `recursive`: it never returns
 * below /proc, where a folder can neither be found nor made.
 */
export function makeFolder(directory: string): string[] {
  const path = resolve(directory);
  if (isFolder(path)) return [];
  const parents = dirname(path) === path ? [] : makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
  return [...parents, path];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
