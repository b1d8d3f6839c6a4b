import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectFile } from '../../src/codegen/project.js';
import { formatManifest, parseManifest } from '../../src/verify/manifest.js';
import { makeFolder, writeProject } from '../../src/verify/write-project.js';
import { temporaryFolder } from '../cli/run.js';
import { problemsOf } from '../support/problems.js';

const root = temporaryFolder();
let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(root, String(count++), 'project');
});

/** A project of a given generation: two files of the model and an example. */
function project(version: number, overrides: Readonly<Record<string, string>> = {}): readonly ProjectFile[] {
  const files: ProjectFile[] = [
    { path: 'model/a.c', text: `model ${version}\n` },
    { path: 'model/a.h', text: 'header\n' },
    { path: 'main.c', text: `main ${version}\n`, editable: true },
  ];
  return files.map((file) => ({ ...file, text: overrides[file.path] ?? file.text }));
}

const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');
const edit = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
/** Every file and folder with its modification time and content. */
function snapshot(directory = folder): string[] {
  return readdirSync(directory, { recursive: true })
    .map(String)
    .sort()
    .map((name) => {
      const stats = lstatSync(join(directory, name), { bigint: true });
      return `${name} ${stats.mtimeNs} ${stats.ino} ${stats.isFile() ? readFileSync(join(directory, name), 'utf8') : ''}`;
    });
}

describe('writeProject', () => {
  it('touches nothing when everything is there', () => {
    expect(writeProject(folder, project(1)).written).toEqual(['model/a.c', 'model/a.h', 'main.c']);
    const before = [lstatSync(folder, { bigint: true }).mtimeNs, ...snapshot()];
    expect(writeProject(folder, project(1))).toEqual({ written: [], removed: [], kept: [] });
    expect([lstatSync(folder, { bigint: true }).mtimeNs, ...snapshot()]).toEqual(before);
  });

  it('replaces what it wrote and leaves equal files their time', () => {
    writeProject(folder, project(1));
    utimesSync(join(folder, 'model/a.h'), 1000, 1000);
    expect(writeProject(folder, project(2))).toEqual({ written: ['model/a.c', 'main.c'], removed: [], kept: [] });
    expect(textOf('model/a.c')).toBe('model 2\n');
    expect(lstatSync(join(folder, 'model/a.h')).mtimeMs).toBe(1_000_000);
  });

  it('keeps an edited example and offers a new version beside it, once', () => {
    writeProject(folder, project(1));
    edit('main.c', 'mine\n');
    expect(writeProject(folder, project(1)).kept).toEqual([{ path: 'main.c', obsolete: false }]);
    const offered = writeProject(folder, project(2));
    expect(offered.kept).toEqual([{ path: 'main.c', newVersion: 'main.c.new', obsolete: false }]);
    expect([textOf('main.c'), textOf('main.c.new'), textOf('model/a.c')]).toEqual(['mine\n', 'main 2\n', 'model 2\n']);
    const before = snapshot();
    expect(writeProject(folder, project(2)).kept).toEqual([{ path: 'main.c', obsolete: false }]);
    expect(snapshot()).toEqual(before);

    rmSync(join(folder, 'main.c.new'));
    expect(writeProject(folder, project(2)).written).toEqual([]);
    expect(existsSync(join(folder, 'main.c.new'))).toBe(false);
  });

  it('takes an offer away that was accepted', () => {
    writeProject(folder, project(1));
    edit('main.c', 'mine\n');
    writeProject(folder, project(2));
    edit('main.c', 'main 2\n');
    expect(writeProject(folder, project(2))).toEqual({ written: [], removed: ['main.c.new'], kept: [] });
    expect(writeProject(folder, project(3)).written).toEqual(['model/a.c', 'main.c']);
  });

  it('writes a deleted file again', () => {
    writeProject(folder, project(1));
    rmSync(join(folder, 'main.c'));
    expect(writeProject(folder, project(1)).written).toEqual(['main.c']);
  });

  it('names every edited file of the model and changes nothing', () => {
    writeProject(folder, project(1));
    edit('model/a.c', 'mine\n');
    edit('model/a.h', 'mine too\n');
    const before = snapshot();
    expect(problemsOf(() => writeProject(folder, project(2)))).toMatchObject([
      { code: 'usage/file', place: { file: join(folder, 'model/a.c') }, message: expect.stringContaining('changed') },
      { code: 'usage/file', place: { file: join(folder, 'model/a.h') } },
    ]);
    expect(snapshot()).toEqual(before);
  });

  it('refuses a kept project whose example was edited, when it is to be proven', () => {
    writeProject(folder, project(1), { edited: 'refuse' });
    edit('main.c', 'mine\n');
    expect(problemsOf(() => writeProject(folder, project(1), { edited: 'refuse' }))).toMatchObject([
      { place: { file: join(folder, 'main.c') } },
    ]);
  });

  it('refuses a folder in which a file of the project is already there, unless it is equal', () => {
    edit('main.c', 'mine\n');
    expect(problemsOf(() => writeProject(folder, project(1)))).toMatchObject([
      { message: expect.stringContaining('not written by modelc'), place: { file: join(folder, 'main.c') } },
    ]);
    expect(readdirSync(folder)).toEqual(['main.c']);
    edit('main.c', 'main 1\n');
    expect(writeProject(folder, project(1)).written).toEqual(['model/a.c', 'model/a.h']);
  });

  it('removes what the project no longer has, but not what was edited', () => {
    writeProject(folder, [
      ...project(1),
      { path: 'model/old.c', text: 'old' },
      { path: 'model/older.c', text: 'older' },
    ]);
    edit('model/older.c', 'mine');
    edit('notes.txt', 'mine');
    expect(writeProject(folder, project(1))).toEqual({
      written: [],
      removed: ['model/old.c'],
      kept: [{ path: 'model/older.c', obsolete: true }],
    });
    expect([textOf('model/older.c'), textOf('notes.txt')]).toEqual(['mine', 'mine']);
    expect(writeProject(folder, project(1)).kept).toEqual([]);
  });

  it.each([1, 2, 3, 4])('goes on after an interruption at move %i as if there had been none', (moves) => {
    writeProject(folder, project(1));
    // what a killed process leaves: both checksums in the manifest, some files new, its staging folder
    const before = parseManifest(textOf('.modelc-files'));
    const other = join(root, `${count}-other`);
    writeProject(other, project(2));
    const after = parseManifest(readFileSync(join(other, '.modelc-files'), 'utf8'));
    const both = new Map([...before].map(([path, sums]) => [path, new Set([...sums, ...(after.get(path) ?? [])])]));
    if (moves > 1) edit('.modelc-files', formatManifest(both));
    if (moves > 2) edit('model/a.c', 'model 2\n');
    if (moves > 3) edit('main.c', 'main 2\n');
    mkdirSync(join(folder, '.modelc-staging-999999999-abcdef'));
    for (const version of [3, 2]) expect(writeProject(folder, project(version)).kept).toEqual([]);
    expect([textOf('model/a.c'), textOf('main.c')]).toEqual(['model 2\n', 'main 2\n']);
    expect(readdirSync(folder).sort()).toEqual(['.modelc-files', 'main.c', 'model']);
    expect(textOf('.modelc-files')).toBe(formatManifest(after));
  });
});

describe('symbolic links below the project folder', () => {
  let outside: string;
  beforeEach(() => {
    outside = join(root, `outside-${count}`);
    mkdirSync(outside);
    writeFileSync(join(outside, 'a.c'), 'model 1\n');
    writeFileSync(join(outside, 'precious'), 'precious\n');
  });
  const untouched = () => {
    expect(readdirSync(outside).sort()).toEqual(['a.c', 'precious']);
    expect(readFileSync(join(outside, 'a.c'), 'utf8')).toBe('model 1\n');
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('precious\n');
  };

  it('lead no write out of a folder', () => {
    mkdirSync(folder, { recursive: true });
    symlinkSync(outside, join(folder, 'model'));
    expect(problemsOf(() => writeProject(folder, project(2)))).toMatchObject([
      { place: { file: join(folder, 'model') }, message: expect.stringContaining('symbolic link') },
      { place: { file: join(folder, 'model') } },
    ]);
    untouched();
  });

  it('lead no removal out of a folder', () => {
    writeProject(folder, [{ path: 'old/a.c', text: 'model 1\n' }]);
    rmSync(join(folder, 'old'), { recursive: true });
    symlinkSync(outside, join(folder, 'old'));
    expect(writeProject(folder, project(1)).removed).toEqual([]);
    untouched();
  });

  it.each(['model/a.c', 'main.c'])('in the place of %s are not followed', (path) => {
    writeProject(folder, project(1));
    rmSync(join(folder, path));
    symlinkSync(join(outside, 'precious'), join(folder, path));
    if (path === 'main.c') expect(writeProject(folder, project(2)).kept).toMatchObject([{ path: 'main.c' }]);
    else expect(problemsOf(() => writeProject(folder, project(2)))).toHaveLength(1);
    expect(lstatSync(join(folder, path)).isSymbolicLink()).toBe(true);
    untouched();
  });

  it('in the place of a new version are not followed', () => {
    writeProject(folder, project(1));
    edit('main.c', 'mine\n');
    symlinkSync(join(outside, 'precious'), join(folder, 'main.c.new'));
    expect(problemsOf(() => writeProject(folder, project(2)))).toMatchObject([
      { place: { file: join(folder, 'main.c.new') } },
    ]);
    untouched();
  });

  it('in the place of the manifest are not followed', () => {
    mkdirSync(folder, { recursive: true });
    symlinkSync(join(outside, 'precious'), join(folder, '.modelc-files'));
    expect(problemsOf(() => writeProject(folder, project(1)))).toMatchObject([
      { place: { file: join(folder, '.modelc-files') } },
    ]);
    untouched();
  });

  it('are followed where they are the folder itself', () => {
    mkdirSync(dirname(folder), { recursive: true });
    symlinkSync(outside, folder);
    expect(writeProject(folder, project(1)).written).toHaveLength(3);
    expect(readFileSync(join(outside, 'main.c'), 'utf8')).toBe('main 1\n');
  });
});

describe('parseManifest', () => {
  const sum = '0'.repeat(64);
  it.each(['../up', '/etc/passwd', 'a/../../b', './a', 'a//b', '..', 'C:\\x', 'a\\..\\b', 'a\0b'])(
    'does not believe %j',
    (path) => {
      expect(parseManifest(`${sum}  ${path}\n`).size).toBe(0);
    },
  );

  it('reads what formatManifest writes', () => {
    const manifest = new Map([
      ['b', new Set([sum])],
      ['a c', new Set(['1'.repeat(64), sum])],
    ]);
    expect(parseManifest(formatManifest(manifest))).toEqual(manifest);
  });
});

describe('makeFolder', () => {
  it('says which folders were missing', () => {
    expect(makeFolder(join(folder, 'x'))).toEqual([dirname(folder), folder, join(folder, 'x')]);
    expect(makeFolder(join(folder, 'x'))).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', () => {
    expect(() => makeFolder('/proc/modelc/deep')).toThrow(/ENOENT/);
  });

  it('does not take a file for a folder', () => {
    edit('file', '');
    expect(() => makeFolder(join(folder, 'file/deep'))).toThrow(/ENOTDIR|EEXIST/);
  });
});
