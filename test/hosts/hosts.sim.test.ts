/** New projects for every build system, in that system where it can be installed, else in a stand-in for it. */
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/cli/package.js';
import { warningFlags } from '../../src/targets/build-command.js';
import { build, temporaryFolder } from '../acceptance/project-on-disk.js';
import { digits, modelc } from '../cli/run.js';
import { installModelc } from './modelc-command.js';

const tools = join(packageRoot, '.venv-hosts/bin');
const stubs = join(packageRoot, 'test/hosts/stubs');
const passed = 'digits: self-test passed';
const installed = installModelc(temporaryFolder());

/** `modelc init --host` in a new folder; returns it. */
async function newProject(host: string): Promise<string> {
  const folder = join(temporaryFolder(), 'app');
  const { exitCode, stderr } = await modelc(['init', digits, '--host', host, '-o', folder]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return folder;
}

/** Makes a file newer than everything that was made from it. */
function touch(path: string): void {
  const later = new Date(Date.now() + 5000);
  utimesSync(path, later, later);
}

const strict = [...warningFlags, '-Werror'];

describe('make', () => {
  it('builds, builds nothing again, and compiles a changed model', async () => {
    const folder = await newProject('make');
    const make = ['run', `CFLAGS=-O2 ${strict.join(' ')}`, `MODELC=node ${installed.script}`];
    expect(await build(folder, 'make', ...make)).toContain(passed);
    expect(await build(folder, 'make', ...make)).not.toMatch(/-o app/);
    expect(installed.starts()).toBe(0);
    const earlier = new Date(Date.now() - 60_000);
    utimesSync(join(folder, 'models/digits/digits.mk'), earlier, earlier);
    expect(await build(folder, 'make', ...make)).toContain(passed);
    expect(installed.starts()).toBe(1);
  });
});

describe('CMake', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await newProject('cmake');
    const command = `-DMODELC_COMMAND=node;${installed.script}`;
    await build(folder, 'cmake', '-S', '.', '-B', 'build', command, `-DCMAKE_C_FLAGS=${strict.join(' ')}`);
  });
  const compiled = async () => (await build(folder, 'cmake', '--build', 'build')).match(/Building C object.*/g) ?? [];

  it('builds with modelc_add_model', async () => {
    expect(await compiled()).toHaveLength(4);
    expect(await build(folder, 'build/app')).toBe(passed);
    expect(installed.starts()).toBe(1);
  });

  it('does nothing when nothing changed', async () => {
    expect([await compiled(), installed.starts()]).toEqual([[], 0]);
  });

  it.each([
    ['the model', () => touch(join(folder, 'models/digits.tflite'))],
    ['modelc', () => touch(installed.script)],
  ])('asks modelc again when %s is newer, and compiles nothing if the C is the same', async (_what, change) => {
    change();
    expect([await compiled(), installed.starts()]).toEqual([[], 1]);
  });

  it('compiles again when an option changes, and fails beyond a budget', async () => {
    const lists = join(folder, 'CMakeLists.txt');
    const text = readFileSync(lists, 'utf8');
    writeFileSync(lists, text.replace('digits.tflite)', 'digits.tflite ARENA_SECTION .fast COMPILE_OPTIONS -O1)'));
    expect((await compiled()).length).toBeGreaterThan(0);
    expect(await build(folder, 'objdump', '-h', 'build/app')).toMatch(/ \.fast /);
    writeFileSync(lists, text.replace('digits.tflite)', 'digits.tflite RAM_BUDGET 1K)'));
    await expect(compiled()).rejects.toThrow(/takes \d+ bytes of RAM .* its budget is 1024/);
    writeFileSync(lists, text.replace('digits.tflite)', 'digits.tflite COLOUR red)'));
    await expect(compiled()).rejects.toThrow(/unknown arguments COLOUR/);
  });

  it('takes a library that was made before', async () => {
    const folder = temporaryFolder();
    await modelc(['compile', digits, '--host', 'cmake', '-o', join(folder, 'digits')]);
    await modelc(['init', digits, '--host', 'make', '-o', join(folder, 'other')]);
    writeFileSync(
      join(folder, 'CMakeLists.txt'),
      'cmake_minimum_required(VERSION 3.16)\nproject(app C)\nadd_subdirectory(digits)\nadd_executable(app other/main.c)\ntarget_link_libraries(app PRIVATE modelc::digits)\n',
    );
    await build(folder, 'cmake', '-S', '.', '-B', 'build');
    await build(folder, 'cmake', '--build', 'build');
    expect(await build(folder, 'build/app')).toBe(passed);
  });
});

describe('Arduino', () => {
  it('gets a library in its form, and a sketch that builds', async () => {
    const folder = await newProject('arduino');
    const library = join(folder, 'libraries/digits');
    const properties = readFileSync(join(library, 'library.properties'), 'utf8');
    const keys = [...properties.matchAll(/^(\w+)=\S/gm)].map(([, key]) => key);
    expect(keys).toEqual(
      expect.arrayContaining(
        'name version author maintainer sentence paragraph category url architectures includes'.split(' '),
      ),
    );
    expect(existsSync(join(library, 'examples/SelfTest/SelfTest.ino'))).toBe(true);
    // the IDE compiles all of src/, C as C, and puts an include before the sketch
    const src = join(library, 'src');
    const objects: string[] = [];
    for (const file of readdirSync(src).filter((name) => name.endsWith('.c'))) {
      objects.push(join(folder, `${file}.o`));
      await build(
        folder,
        'gcc',
        '-std=gnu11',
        '-Os',
        '-Wall',
        '-Wextra',
        '-Werror',
        '-c',
        join(src, file),
        '-o',
        `${file}.o`,
      );
    }
    const sketch = join(folder, 'sketch/sketch.ino');
    const include = ['-include', join(stubs, 'arduino/Arduino.h'), `-I${src}`];
    writeFileSync(join(folder, 'main.cpp'), `#include "${sketch}"\nint main() { setup(); for (;;) loop(); }\n`);
    await build(
      folder,
      'g++',
      '-std=gnu++11',
      '-Wall',
      '-Wextra',
      '-Werror',
      ...include,
      'main.cpp',
      ...objects,
      '-o',
      'app',
    );
    expect(await build(folder, './app')).toBe(passed);
  });
});

describe('Zephyr', () => {
  it('gets a module whose Kconfig and CMake files do what the application asks', async () => {
    const folder = await newProject('zephyr');
    const kconfig = join(stubs, 'zephyr/kconfig.py');
    const module = 'modules/digits/zephyr';
    await build(folder, 'mkdir', 'build');
    await build(folder, join(tools, 'python'), kconfig, `${module}/Kconfig`, 'prj.conf', 'build/config.cmake');
    expect(readFileSync(join(folder, 'build/config.cmake'), 'utf8').split('\n')).toEqual([
      'set(CONFIG_MODELC_DIGITS y)',
      'set(CONFIG_MODELC_DIGITS_SPEED y)',
      '',
    ]);
    await build(folder, 'cmake', '-S', '.', '-B', 'build', `-DZephyr_DIR=${join(stubs, 'zephyr/cmake')}`);
    const output = await build(folder, 'cmake', '--build', 'build', '--verbose');
    expect(output).toMatch(/ -O2 .*digits-data\.c/);
    expect(await build(folder, 'build/app')).toBe(passed);
  });
});

describe('ESP-IDF', () => {
  it('gets a component that the component manager accepts, and a project that builds', async () => {
    const folder = await newProject('esp-idf');
    const component = join(folder, 'components/digits');
    const packed = await build(component, join(tools, 'compote'), 'component', 'pack', '--name', 'digits');
    expect(packed).toMatch(/digits_1\.0\.0\.tgz/);
    await build(folder, 'env', `IDF_PATH=${join(stubs, 'esp-idf')}`, 'cmake', '-S', '.', '-B', 'build');
    await build(folder, 'cmake', '--build', 'build');
    expect(await build(folder, 'build/app')).toBe(passed);
  });
});

describe('a CMSIS solution', () => {
  it('gets a layer that names all files of the model', async () => {
    const folder = await newProject('csolution');
    const layer = readFileSync(join(folder, 'models/digits/digits.clayer.yml'), 'utf8');
    const files = [...layer.matchAll(/^ {8}- file: (\S+)$/gm)].map(([, file]) => file as string);
    const present = readdirSync(join(folder, 'models/digits/model')).map((file) => `model/${file}`);
    expect([...files].sort()).toEqual(present.sort());
    const project = readFileSync(join(folder, 'digits.cproject.yml'), 'utf8');
    expect(project).toContain('- layer: models/digits/digits.clayer.yml');
    const sources = files.filter((file) => file.endsWith('.c')).map((file) => join('models/digits', file));
    await build(folder, 'gcc', ...strict, '-O2', '-Imodels/digits/model', 'main.c', ...sources, '-o', 'app');
    expect(await build(folder, './app')).toBe(passed);
  });
});

describe('a project without another build system', () => {
  it('is built, checked and verified by its project file alone', async () => {
    const folder = join(temporaryFolder(), 'app');
    expect((await modelc(['init', digits, '-o', folder])).exitCode).toBe(0);
    const built = await modelc(['build', '--project', folder]);
    expect(built).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('out/digits/firmware.elf') });
    expect(await build(join(folder, 'out/digits'), 'make', 'run')).toContain(passed);
    expect((await modelc(['check', '--project', folder])).stdout).toContain('mps2-an386  yes');
    const verified = await modelc(['verify', '--project', folder, '--random', '1']);
    expect(verified.stdout).toContain('all 10 layers equal, byte for byte');
    expect(verified.exitCode).toBe(0);
  });
});
