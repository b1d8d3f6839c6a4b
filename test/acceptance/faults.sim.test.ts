/**
 * What a user does to a project, a machine and a running command, with the command as it is built: nothing of theirs is
 * lost, nothing is rebuilt in vain, two models live together, and every failure says what it is.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ir/graph.js';
import { digits, supportedGraph, temporaryFolder, writeModelFile } from '../cli/run.js';
import { buildCommand, build as buildPackage } from '../support/built-command.js';
import { makeOperator, makeTensor } from '../support/models.js';

const command = await buildCommand();
const root = temporaryFolder();

function modelc(args: readonly string[], options: object = {}) {
  return execa(command.path, args, { cwd: root, reject: false, stdin: 'ignore', ...options });
}

async function succeed(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await modelc(args);
  expect(exitCode, stderr as string).toBe(0);
  return stdout as string;
}

const shell = (text: string, cwd = root) =>
  execa('bash', ['-c', text], { cwd, reject: false, stdin: 'ignore', all: true });

/** A fully connected layer with weights that no table can replace. */
function denseGraph(inputs: number, outputs: number): Graph {
  const data = new Uint8Array(inputs * outputs).map((_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24);
  return {
    name: 'main',
    tensors: [
      makeTensor(0, { shape: [1, inputs] }),
      {
        ...makeTensor(1, { shape: [outputs, inputs], quantization: { scales: [0.01], zeroPoints: [0], axis: 0 } }),
        data,
      },
      makeTensor(2, { shape: [1, outputs] }),
    ],
    operators: [
      makeOperator(0, {
        name: 'FULLY_CONNECTED',
        inputs: [0, 1, -1],
        outputs: [2],
        options: { fused_activation_function: 'NONE', weights_format: 'DEFAULT', keep_num_dims: false },
      }),
    ],
    inputs: [0],
    outputs: [2],
  };
}

/** A convolution of so many steps that the interpreter computes for minutes. */
function endlessGraph(): Graph {
  const weights = { scales: [0.01], zeroPoints: [0], axis: 0 };
  return {
    name: 'main',
    tensors: [
      makeTensor(0, { shape: [1, 256, 256, 64] }),
      {
        ...makeTensor(1, { shape: [64, 7, 7, 64], quantization: weights }),
        data: new Uint8Array(64 * 7 * 7 * 64).fill(1),
      },
      makeTensor(2, { shape: [1, 256, 256, 64] }),
    ],
    operators: [
      makeOperator(0, {
        name: 'CONV_2D',
        inputs: [0, 1, -1],
        outputs: [2],
        options: {
          padding: 'SAME',
          stride_w: 1,
          stride_h: 1,
          dilation_w_factor: 1,
          dilation_h_factor: 1,
          fused_activation_function: 'NONE',
        },
      }),
    ],
    inputs: [0],
    outputs: [2],
  };
}

describe('a project that its user works on', () => {
  const project = join(root, 'project');
  const compile = (...more: string[]) => modelc(['compile', digits, '-b', 'host', '-o', project, ...more]);

  it('keeps a main.c of their own, says so, and takes the rest of a new model', async () => {
    await succeed('compile', digits, '-b', 'host', '-o', project, '--name', 'net');
    writeFileSync(join(project, 'main.c'), 'int main(void) { return 42; }\n');
    writeFileSync(join(project, 'notes.txt'), 'mine\n');
    const again = await compile('--name', 'ocr');
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(/kept main\.c: you changed it; .*main\.c\.new/);
    expect(readFileSync(join(project, 'main.c'), 'utf8')).toBe('int main(void) { return 42; }\n');
    expect(readFileSync(join(project, 'main.c.new'), 'utf8')).toContain('ocr_init');
    expect(readFileSync(join(project, 'notes.txt'), 'utf8')).toBe('mine\n');
    expect(readdirSync(join(project, 'model')).filter((file) => /^(net|ocr)/.test(file))).toEqual([
      'ocr-data.c',
      'ocr-data.h',
      'ocr-selftest.c',
      'ocr.c',
      'ocr.h',
    ]);
    await succeed('build', digits, '-b', 'host', '-o', project, '--name', 'ocr');
    expect((await shell('./firmware.elf', project)).exitCode).toBe(42);
  });

  it('is not touched by a second compile, and make has nothing to do', async () => {
    const times = () =>
      readdirSync(project, { recursive: true }).map(
        (name) => `${name} ${lstatSync(join(project, String(name))).mtimeMs}`,
      );
    const before = times();
    const again = await compile('--name', 'ocr');
    expect(again.stdout).toContain('nothing changed');
    expect(times()).toEqual(before);
    // compilers would be named
    expect((await shell('make firmware.elf', project)).all).not.toMatch(/gcc/);
  });

  it('keeps an edited file of the model, and says which it is', async () => {
    const header = join(project, 'model/ocr.h');
    const edited = `${readFileSync(header, 'utf8')}/* mine */\n`;
    writeFileSync(header, edited);
    const refused = await compile('--name', 'ocr');
    expect([refused.exitCode, readFileSync(header, 'utf8')]).toEqual([2, edited]);
    expect(refused.stderr).toMatch(/model\/ocr\.h[\s\S]*was changed since modelc wrote it[\s\S]*→/);
  });

  it('cannot be led out of its folder by links', async () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'digits.c'), 'precious');
    for (const [name, link] of [
      ['linked', 'model'],
      ['linked-file', 'main.c'],
    ] as const) {
      mkdirSync(join(root, name));
      symlinkSync(link === 'model' ? outside : join(outside, 'digits.c'), join(root, name, link));
      const refused = await modelc(['compile', digits, '-b', 'host', '-o', name]);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain(`${name}/${link}`);
    }
    expect(readdirSync(outside)).toEqual(['digits.c']);
    expect(readFileSync(join(outside, 'digits.c'), 'utf8')).toBe('precious');
  });

  it('is proven as modelc wrote it, or not at all', async () => {
    await succeed('verify', digits, '-b', 'host:gcc', '--random', '1', '--keep', 'kept');
    writeFileSync(join(root, 'kept/host-gcc/main.c'), 'int main(void) { return 0; }\n');
    const refused = await modelc(['verify', digits, '-b', 'host:gcc', '--random', '1', '--keep', 'kept']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('kept/host-gcc/main.c');
  });
});

describe('the command', () => {
  it('can be called after every build', async () => {
    expect(statSync(command.path).mode & 0o111).toBe(0o111);
    chmodSync(command.path, 0o644);
    await buildPackage(command.folder);
    expect(statSync(command.path).mode & 0o111).toBe(0o111);
    expect(await succeed('--version')).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('says in one line that Node.js is too old, before it loads anything', async () => {
    const old = join(root, 'old-node.cjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });\n");
    const { exitCode, stdout, stderr } = await execa('node', ['--require', old, command.path, 'boards', '--json'], {
      reject: false,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error usage\/node: modelc needs Node\.js 20 or newer; this is 18\.20\.4\.[^\n]*$/);
    expect(JSON.parse(stdout)).toMatchObject({ exit_code: 2, problems: [{ code: 'usage/node' }] });
  });

  it('has an entry that old versions of Node.js can read', () => {
    const entry = readFileSync(command.path, 'utf8');
    expect(entry.match(/^import .*$/gm)).toEqual([
      expect.stringMatching(/^import \{ readFileSync \} from ['"]fs['"];$/),
    ]);
    expect(entry).not.toMatch(/\bawait\b|\?\?=|\|\|=|&&=|from ['"]node:/);
  });

  it('names what a full disk kept it from saying', async () => {
    for (const [text, stderr] of [
      [`${command.path} boards > /dev/full`, /cannot be printed: ENOSPC/],
      [`${command.path} check ${digits} --json > /dev/full`, /cannot be printed: ENOSPC/],
      [`${command.path} check ${digits} > /dev/full 2>&1`, /^$/],
    ] as const) {
      const { exitCode, all } = await shell(text);
      expect([exitCode, (all as string).split('\n').length]).toEqual([2, 1]);
      expect(all).toMatch(stderr);
    }
  });

  it.each([
    ['compile', '-b', 'host', '-o', '/proc/modelc'],
    ['compile', '-b', 'host', '-o', '/proc/modelc/deep/er'],
    ['run', '-i', 'in.bin', '-o', '/proc/modelc'],
    ['verify', '-b', 'host:gcc', '--keep', '/proc/modelc'],
  ])('ends at once where no folder can be made: %s %s %s', async (name, ...options) => {
    writeFileSync(join(root, 'in.bin'), new Uint8Array(64));
    const { exitCode, stderr } = await modelc([name, digits, ...options], { timeout: 60_000 });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/usage\/file[\s\S]*cannot be written/);
  });

  it('asks for another place when there is none for temporary files', async () => {
    const { exitCode, stderr } = await modelc(['verify', digits, '-b', 'host:gcc'], {
      env: { TMPDIR: '/proc/modelc' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/usage\/file[\s\S]*TMPDIR/);
  });
});

describe('an interruption', () => {
  const endless = writeModelFile(join(root, 'endless.tflite'), endlessGraph());
  writeFileSync(join(root, 'endless.bin'), new Uint8Array(256 * 256 * 64));

  it.each([
    ['SIGINT', ['run', endless, '--input', join(root, 'endless.bin'), '-o', join(root, 'never')], 0],
    ['SIGTERM', ['verify', digits, '-b', 'host:gcc', '--json'], 'host:gcc: build'],
    ['SIGHUP', ['verify', digits, '-b', 'rp2040', '--random', '500', '--json'], 'rp2040:gcc: run'],
    ['SIGINT', ['verify', digits, '-b', 'mps2-an386', '--random', '1000'], 'mps2-an386:gcc: run'],
  ] as const)('by %s ends %j with 130 and leaves nothing', async (signal, args, moment) => {
    const temporary = temporaryFolder();
    const child = modelc(args, { env: { TMPDIR: temporary } });
    const moments = new Promise<void>((resolve) => {
      if (moment === 0) setTimeout(resolve, 4000);
      child.stderr?.on('data', (text: Buffer) => {
        if (String(text).includes(String(moment))) setTimeout(resolve, 300);
      });
    });
    await Promise.race([moments, child]);
    const start = Date.now();
    child.kill(signal);
    const { exitCode, stdout, stderr } = await child;
    const milliseconds = Date.now() - start;
    expect(exitCode, stderr as string).toBe(130);
    // a second on an idle machine; without a limit of its own the command would go on for minutes
    expect(milliseconds).toBeLessThan(20_000);
    console.log(`${args[0]} ended ${milliseconds} ms after ${signal}`);
    expect(stderr).toContain(`stopped by ${signal}`);
    if (args.includes('--json' as never)) {
      expect(JSON.parse(stdout as string)).toMatchObject({ command: args[0], exit_code: 130 });
    }
    expect(readdirSync(temporary)).toEqual([]);
    expect(existsSync(join(root, 'never'))).toBe(false);
  });
});

describe('two models in one firmware', () => {
  it.each([
    ['digits', 'digits_data'],
    ['digits', 'digits_selftest'],
    ['a', 'a_arena_size'],
  ])('%s and %s live in one include path', async (first, second) => {
    const folder = join(root, `both-${second}`);
    const small = writeModelFile(join(root, 'small.tflite'), supportedGraph());
    await succeed('compile', digits, '-b', 'host', '-o', join(folder, 'one'), '--name', first);
    await succeed('compile', small, '-b', 'host', '-o', join(folder, 'two'), '--name', second);
    const self = (name: string) =>
      `{ static unsigned char arena[${name.toUpperCase()}_ARENA_SIZE] ${name.toUpperCase()}_ALIGNED(8); ${name}_ctx ctx;
         if (${name}_init(&ctx, arena, sizeof arena) != ${name.toUpperCase()}_OK || ${name}_self_test(&ctx) != ${name.toUpperCase()}_OK) return 1; }`;
    const includes = [first, second].map((name) => `#include "${name}.h"\n#include "${name}-data.h"\n`).join('');
    writeFileSync(join(folder, 'main.c'), `${includes}int main(void) { ${self(first)} ${self(second)} return 0; }\n`);
    // one folder for both, as users copy them
    await shell('mkdir all && cp -n one/model/* two/model/* all/ && cp main.c all/', folder);
    const { exitCode, all } = await shell(
      'gcc -std=c99 -Wall -Wextra -Wundef -Werror -I. *.c -o program && ./program',
      join(folder, 'all'),
    );
    expect(exitCode, all as string).toBe(0);
  });

  it('of two versions of modelc do not mix their kernels silently', async () => {
    const folder = join(root, 'versions');
    await succeed('compile', digits, '-b', 'host', '-o', folder);
    const kernel = join(folder, 'model/modelc_softmax_s8.h');
    const text = readFileSync(kernel, 'utf8');
    const compile = () => shell('gcc -std=c99 -Imodel -c model/digits.c -o digits.o', folder);
    expect((await compile()).exitCode).toBe(0);
    for (const other of [
      text.replace(/(_H) 0x[0-9a-f]{8}u/, '$1 0x00000001u'),
      text.replace(/(_H) 0x[0-9a-f]{8}u/, '$1'),
    ]) {
      expect(other).not.toBe(text);
      writeFileSync(kernel, other);
      const { exitCode, all } = await compile();
      expect(exitCode).not.toBe(0);
      expect(all).toMatch(/#error "modelc_\*\.h are not the kernels that digits\.c was generated with: .*"/);
    }
  });

  it.each([
    ['_v1', '_v2'],
    ['_data', '_data2'],
  ])('with long names that end in %s and %s have prefixes of their own', async (...ends) => {
    const long = 'keyword_spotting_depthwise_separable_cnn_small_footprint_quantised_int8';
    const names = await Promise.all(
      ends.map(async (end) => {
        const path = writeModelFile(join(root, `${long}${end}.tflite`), supportedGraph());
        return JSON.parse(await succeed('check', path, '--json')).model.name;
      }),
    );
    expect(new Set(names).size).toBe(2);
  });
});

describe('models and folders of any name', () => {
  it.each(['all', 'help', 'firmware', 'clean', 'test', 'install', 'main', 'verify', 'package'])(
    'a model called %s builds with make and CMake',
    async (name) => {
      const model = writeModelFile(join(root, `${name}.tflite`), supportedGraph());
      const folder = join(root, `named-${name}`);
      await succeed('build', model, '-b', 'host:clang', '-o', folder);
      const { exitCode, all } = await shell(
        'cmake -S . -B b >/dev/null && cmake --build b && ./b/firmware.elf',
        folder,
      );
      expect(exitCode, all as string).toBe(0);
      expect(all).toContain('self-test passed');
    },
  );

  it.each(['a (b) & c', "it's 100 %", 'semi;colon'])('a folder called %s builds with make and CMake', async (name) => {
    const folder = join(root, name);
    const printed = await succeed('compile', digits, '-b', 'mps2-an386', '-o', folder);
    // the command that modelc names, as a shell reads it
    const next = /^Next: (.*)$/m.exec(printed)?.[1] as string;
    expect((await shell(next)).exitCode).toBe(0);
    const { exitCode, all } = await shell('cmake -S . -B b && cmake --build b', folder);
    if (name.includes(';')) expect(all).toContain('CMake cannot build in a folder with one of');
    else expect(exitCode, all as string).toBe(0);
  });

  it('a model without outputs is refused', async () => {
    const model = writeModelFile(join(root, 'no-outputs.tflite'), { ...supportedGraph(), outputs: [] });
    for (const args of [
      ['check', model],
      ['compile', model, '-b', 'host', '-o', 'none'],
    ]) {
      const { exitCode, stdout, stderr } = await modelc(args);
      expect(exitCode).toBe(3);
      expect(`${stdout}${stderr}`).toMatch(/model\/invalid[\s\S]*no outputs/);
    }
    expect(existsSync(join(root, 'none'))).toBe(false);
  });
});

describe('a board that is too small for the code', () => {
  const model = writeModelFile(join(root, 'large.tflite'), denseGraph(1030, 250));

  it('may fit, says check', async () => {
    const { boards } = JSON.parse(await succeed('check', model, '-b', 'microbit', '--json'));
    expect(boards).toMatchObject([{ board: 'microbit', fits: true, verdict: 'maybe' }]);
    expect(await succeed('check', model, '-b', 'microbit')).toMatch(/microbit +maybe[\s\S]*modelc build/);
  });

  it('does not fit, says build, with the number of bytes', async () => {
    const { exitCode, stderr } = await modelc(['build', model, '-b', 'microbit', '-o', 'large']);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/fit\/flash[\s\S]*needs \d+ bytes more flash than the 262144 bytes/);
  });
});
