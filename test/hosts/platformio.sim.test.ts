/** The example project in the real PlatformIO, without its registry; programs run in QEMU. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/cli/package.js';
import { readModel } from '../../src/tflite/reader.js';
import { temporaryFolder } from '../acceptance/project-on-disk.js';
import { installModelc } from './modelc-command.js';

const tools = join(packageRoot, '.venv-hosts/bin');
const root = temporaryFolder();
const project = join(root, 'examples/platformio');
const model = join(root, 'examples/digits/digits.tflite');
const ini = join(project, 'platformio.ini');
const original = readFileSync(join(packageRoot, 'examples/platformio/platformio.ini'), 'utf8');
const firmware = join(project, '.pio/build/qemu/firmware.elf');
const environment = {
  PLATFORMIO_CORE_DIR: join(root, 'core'),
  PLATFORMIO_SETTING_ENABLE_TELEMETRY: 'no',
  PLATFORMIO_DISABLE_UPGRADE_CHECK: 'true',
  // what a package is looked for with is not there: a download fails at once
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
};
const modelc = installModelc(root);

async function pio(...args: string[]): Promise<{ ok: boolean; output: string }> {
  const result = await execa(join(tools, 'pio'), args, {
    cwd: project,
    env: environment,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: 120_000,
  });
  return { ok: result.exitCode === 0, output: result.all ?? '' };
}

const compiled = (output: string) => [...output.matchAll(/^Compiling (\S+)/gm)].map(([, path]) => path);

function configure(lines: string, environmentName = 'qemu'): void {
  writeFileSync(ini, original.replace(`[env:${environmentName}]\n`, `[env:${environmentName}]\n${lines}\n`));
}

/** The model with its largest constant changed in one byte. */
function otherModel(): Uint8Array {
  const bytes = Buffer.from(readFileSync(join(packageRoot, 'examples/digits/digits.tflite')));
  const constants = (readModel(bytes).graphs[0]?.tensors ?? []).flatMap(({ data }) => data ?? []);
  const largest = constants.reduce((a, b) => (b.length > a.length ? b : a));
  const at = bytes.indexOf(Buffer.from(largest)) + (largest.length >> 1);
  bytes[at] = ((bytes[at] as number) ^ 0x15) & 0xff;
  return bytes;
}

beforeAll(async () => {
  if (!existsSync(join(tools, 'pio'))) throw new Error('PlatformIO is not in .venv-hosts: node scripts/setup.mjs');
  cpSync(join(packageRoot, 'examples/platformio'), project, {
    recursive: true,
    filter: (path) => !path.endsWith('.pio'),
  });
  cpSync(join(packageRoot, 'templates/hosts/platformio'), join(root, 'templates/hosts/platformio'), {
    recursive: true,
  });
  mkdirSync(join(root, 'examples/digits'), { recursive: true });
  cpSync(join(packageRoot, 'examples/digits/digits.tflite'), model);
  // the one package that PlatformIO itself would fetch: its build tool, which pip has installed
  const ask = 'from platformio.dependencies import get_core_dependencies as d; print(d()["tool-scons"].lstrip("~"))';
  const version = (await execa(join(tools, 'python'), ['-c', ask])).stdout.trim();
  const scons = join(environment.PLATFORMIO_CORE_DIR, 'packages/tool-scons');
  mkdirSync(scons, { recursive: true });
  const spec = { owner: 'platformio', id: null, name: 'tool-scons', requirements: null, uri: null };
  writeFileSync(join(scons, 'package.json'), JSON.stringify({ name: 'tool-scons', version }));
  writeFileSync(join(scons, '.piopm'), JSON.stringify({ type: 'tool', name: 'tool-scons', version, spec }));
  writeFileSync(join(scons, 'scons.py'), 'from SCons.Script import main\n\nmain()\n');
});

describe('the example in PlatformIO', () => {
  it('builds at the first try, and its firmware says what it found', async () => {
    const { ok, output } = await pio('run', '-t', 'upload');
    expect(output).toContain('digits: self-test passed\ndigits: this is a 3\n');
    expect(ok).toBe(true);
    expect(modelc.starts()).toBe(1);
  });

  it('compiles nothing and starts no modelc when nothing changed', async () => {
    const { ok, output } = await pio('run');
    expect([ok, compiled(output), modelc.starts()]).toEqual([true, [], 0]);
    expect(output).not.toContain('Linking');
  });

  it('shows editors the generated files', async () => {
    const { output } = await pio('project', 'metadata', '-e', 'qemu', '--json-output');
    expect(output).toContain('.pio/build/qemu/modelc/digits/src');
    expect(modelc.starts()).toBe(0);
  });

  it('compiles the model again when the model changes', async () => {
    writeFileSync(model, otherModel());
    const { ok, output } = await pio('run');
    expect([ok, modelc.starts()]).toEqual([true, 1]);
    expect(compiled(output)).toContain('.pio/build/qemu/modelc/obj/digits/digits-data.o');
    cpSync(join(packageRoot, 'examples/digits/digits.tflite'), model);
    expect((await pio('run')).ok).toBe(true);
    modelc.starts();
  });

  it('asks another version of modelc, and compiles nothing if its files are the same', async () => {
    modelc.upgrade('0.2.0');
    const { ok, output } = await pio('run');
    expect([ok, compiled(output), modelc.starts()]).toEqual([true, [], 1]);
  });

  it('compiles the model with the flags asked for, in the section asked for', async () => {
    configure('custom_modelc_optimize = -O3\ncustom_modelc_arena_section = .fast');
    const { output } = await pio('run', '-v');
    const lines = output.split('\n').filter((line) => /-c .*(digits-data|main)\.c$/.test(line));
    expect(lines.map((line) => / -O3( |$)/.test(line)).sort()).toEqual([false, true]);
    const { stdout } = await execa('arm-none-eabi-objdump', ['-h', firmware]);
    expect(stdout).toMatch(/ \.fast /);
    expect(modelc.starts()).toBe(1);
  });

  it.each([
    ['a budget that is too small', 'custom_modelc_ram_budget = 1K', /takes \d+ bytes of RAM .* budget is 1024/],
    ['too little flash', 'custom_modelc_flash_budget = 4K', /\d+ bytes of constants; its budget is 4096/],
    [
      'code beyond the flash budget',
      'custom_modelc_flash_budget = 10K',
      /need \d+ bytes of flash; their budget is 10240/,
    ],
    ['a board without room for the arena', 'board_upload.maximum_ram_size = 1024', /needs an arena of \d+ bytes/],
    [
      'a board without room for the program',
      'board_upload.maximum_ram_size = 4096',
      /needs \d+ bytes of RAM; the board has 4096/,
    ],
    ['a model that is not there', 'custom_modelc_models = models/none.tflite', /no file .*none\.tflite/],
    ['a modelc that is not there', 'custom_modelc_cli = no-such-modelc', /no-such-modelc cannot be run/],
    ['a flag that is no flag', 'custom_modelc_share_arena = perhaps', /expected "yes" or "no"/],
  ])('fails at %s', async (_what, line, message) => {
    const key = line.split(' ')[0] as string;
    writeFileSync(
      ini,
      original.replace(new RegExp(`^${key} .*\n`, 'm'), '').replace('[env:qemu]\n', `[env:qemu]\n${line}\n`),
    );
    const { ok, output } = await pio('run');
    expect(output).toMatch(message);
    expect(ok).toBe(false);
  });

  it('builds two models of different folders that share an arena', async () => {
    mkdirSync(join(project, 'models/second'), { recursive: true });
    cpSync(model, join(project, 'models/second/digits.tflite'));
    writeFileSync(
      ini,
      original
        .replace(
          /^custom_modelc_models = .*$/m,
          'custom_modelc_models =\n  digits=../digits/digits.tflite\n  other=models/second/digits.tflite',
        )
        .replace('[env:qemu]\n', '[env:qemu]\ncustom_modelc_share_arena = yes\n'),
    );
    const main = readFileSync(join(project, 'src/main.c'), 'utf8');
    writeFileSync(
      join(project, 'src/main.c'),
      main.replace(
        '#include "digits.h"',
        '#include "modelc_arena.h"\ntypedef char arena_is_large_enough[MODELC_ARENA_SIZE >= OTHER_ARENA_SIZE ? 1 : -1];',
      ),
    );
    const { ok, output } = await pio('run');
    expect(ok, output).toBe(true);
    expect(existsSync(join(project, '.pio/build/qemu/modelc/models/second/digits/src/other.c'))).toBe(true);
    writeFileSync(join(project, 'src/main.c'), main);
    writeFileSync(ini, original);
  });

  it('works the same as a library, and passes its tests', async () => {
    const { ok, output } = await pio('test', '-e', 'library');
    expect(output).toMatch(/digits_init\s+\[PASSED\][\s\S]*digits_self_test\s+\[PASSED\]/);
    expect(ok).toBe(true);
  });

  it('fails its tests when the compiled model is wrong', async () => {
    const data = join(project, '.pio/build/library/modelc/digits/src/digits-data.c');
    const text = readFileSync(data, 'utf8');
    const last = [...text.matchAll(/_weights[^{]*\{\s*(-?\d+)/g)].at(-1) as RegExpMatchArray;
    writeFileSync(
      data,
      text.replace(
        last[0],
        last[0].replace(/-?\d+$/, (value) => `${Number(value) > 0 ? -90 : 90}`),
      ),
    );
    const { ok, output } = await pio('test', '-e', 'library');
    expect(output).toMatch(/digits_self_test.*\[FAILED\]/);
    expect(ok).toBe(false);
  });

  it('reports and verifies its models', async () => {
    expect((await pio('run', '-t', 'modelc_report')).output).toContain('cortex-m4  yes');
    const { ok, output } = await pio('run', '-t', 'modelc_verify');
    expect(output).toContain('all 10 layers equal, byte for byte');
    expect(ok).toBe(true);
  });

  it('costs next to nothing when there is nothing to do', async () => {
    await pio('run');
    const { stdout } = await execa(join(tools, 'python'), [join(packageRoot, 'test/hosts/hook_cost.py'), project]);
    console.log(`hook without work: ${stdout}`);
    expect(Number.parseFloat(stdout)).toBeLessThan(0.1);
  });
});
