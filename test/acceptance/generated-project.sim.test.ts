import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { compileModel } from '../../src/compiler.js';
import { selectBoard } from '../../src/targets/board.js';
import { warningFlags } from '../../src/targets/build-command.js';
import { boardsDirectory, loadBoards } from '../../src/targets/load-boards.js';
import { requireFit } from '../../src/verify/fit.js';
import { digits } from '../support/digits.js';
import { problemsOf } from '../support/problems.js';
import { edgeModels } from './edge-models.js';
import { build, run, temporaryFolder, writeModelProject } from './project-on-disk.js';

const boards = ['mps2-an386', 'host'];

function edgeModel(name: string): Uint8Array {
  const bytes = edgeModels.get(name);
  if (bytes === undefined) throw new Error(`there is no model ${name}`);
  return bytes;
}

describe.each(boards)('the project for %s', (board) => {
  it('builds with make and passes its self-test', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', board);
    await build(folder, 'make', 'EXTRA_CFLAGS=-Werror');
    expect(await run(folder, 'firmware.elf', board)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('digits: self-test passed\n'),
    });
  });

  it('builds with CMake and passes its self-test', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', board);
    await build(folder, 'cmake', '-S', '.', '-B', 'build-cmake', '-DCMAKE_C_FLAGS=-Werror');
    await build(folder, 'cmake', '--build', 'build-cmake');
    expect(await run(folder, 'build-cmake/firmware.elf', board)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('digits: self-test passed\n'),
    });
  });

  it('fails its self-test when one weight is wrong', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', board);
    const path = join(folder, 'model/digits-data.c');
    const data = readFileSync(path, 'utf8');
    const largest = /(_weights[^{]*\{\s*)(-?\d+)/g;
    const arrays = [...data.matchAll(largest)];
    expect(arrays.length).toBeGreaterThan(2);
    // the last layer's first weight reaches the first score directly
    const [found, head, value] = arrays.at(-1) as unknown as [string, string, string];
    const damaged = data.replace(found, `${head}${Number(value) > 0 ? Number(value) - 100 : Number(value) + 100}`);
    expect(damaged).not.toBe(data);
    writeFileSync(path, damaged);
    await build(folder, 'make');
    expect(await run(folder, 'firmware.elf', board)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('digits: self-test failed\n'),
    });
  });
});

describe('generated C', () => {
  it('is the same for the same model, board and name', () => {
    const generate = (selector: string) =>
      generateProject(compileModel(digits.bytes), loadAssets(), {
        name: 'digits',
        ...selectBoard(loadBoards(), selector),
      }).files;
    expect(generate('mps2-an386')).toEqual(generate('mps2-an386'));
    expect(generate('mps2-an386')).not.toEqual(generate('mps2-an385'));
  });

  it.each(['cortex-m0', 'cortex-m4', 'cortex-m33'])('compiles with clang for %s without a warning', async (cpu) => {
    const folder = writeModelProject(digits.bytes, 'digits', 'mps2-an386');
    const target = ['--target=arm-none-eabi', `-mcpu=${cpu}`, '-mthumb', '-mfloat-abi=soft', '-O2', '-ffreestanding'];
    const includes = ['-isystem', join(boardsDirectory, 'common/freestanding'), '-Imodel'];
    for (const source of ['digits', 'digits-data', 'digits-selftest']) {
      const files = ['-c', `model/${source}.c`, '-o', `${source}.o`];
      await build(folder, 'clang', ...target, ...warningFlags, '-Werror', ...includes, ...files);
    }
  });

  it('takes no memory and no library function but those of string.h', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', 'mps2-an386');
    await build(folder, 'make');
    const symbols = await build(folder, 'arm-none-eabi-nm', '-g', 'build/model/digits.o');
    const undefinedSymbols = [...symbols.matchAll(/^ +U (\S+)$/gm)].map((match) => match[1] as string);
    const foreign = undefinedSymbols.filter((symbol) => !/^(digits_|__aeabi_|mem(cpy|set|move|cmp)$)/.test(symbol));
    expect(foreign).toEqual([]);
    expect(symbols).not.toMatch(/ [BDbd] /);
  });

  it('links two models into one C++ program that share an arena', async () => {
    const first = writeModelProject(digits.bytes, 'digits', 'host');
    const second = writeModelProject(edgeModel('two_in_three_out'), 'sums', 'host');
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'main.cpp'),
      `#include <cstdio>
#include "digits.h"
#include "sums.h"
static const size_t largest = DIGITS_ARENA_SIZE > SUMS_ARENA_SIZE ? DIGITS_ARENA_SIZE : SUMS_ARENA_SIZE;
alignas(16) static unsigned char arena[largest];
int main()
{
    for (int round = 0; round < 2; round++) {
        digits_ctx one;
        sums_ctx two;
        if (digits_init(&one, arena, sizeof arena) != DIGITS_OK || digits_self_test(&one) != DIGITS_OK) {
            return 1;
        }
        if (sums_init(&two, arena, sizeof arena) != SUMS_OK || sums_self_test(&two) != SUMS_OK) {
            return 2;
        }
    }
    std::puts("both passed");
    return 0;
}
`,
    );
    const objects: string[] = [];
    for (const [from, name] of [
      [first, 'digits'],
      [second, 'sums'],
    ] as const) {
      for (const source of [name, `${name}-data`, `${name}-selftest`]) {
        await build(from, 'gcc', '-std=c99', '-O1', '-Imodel', '-c', `model/${source}.c`, '-o', `${source}.o`);
        objects.push(join(from, `${source}.o`));
      }
    }
    const includes = [first, second].map((from) => `-I${join(from, 'model')}`);
    const flags = ['-std=c++11', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Wundef', '-Werror'];
    await build(folder, 'g++', ...flags, ...includes, 'main.cpp', ...objects, '-o', 'program');
    expect(await build(folder, './program')).toBe('both passed');
  });

  it('refuses contexts and arenas that it cannot use', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', 'host');
    writeFileSync(
      join(folder, 'main.c'),
      `#include <stdio.h>
#include "digits.h"
static uint8_t memory[DIGITS_ARENA_SIZE + 2u * DIGITS_ARENA_ALIGN] DIGITS_ALIGNED(DIGITS_ARENA_ALIGN);
int main(void)
{
    digits_ctx ctx;
    int statuses[] = {
        digits_init(NULL, memory, sizeof memory),
        digits_init(&ctx, NULL, sizeof memory),
        digits_run(NULL),
        digits_self_test(NULL),
        digits_init(&ctx, memory, DIGITS_ARENA_SIZE - 1u),
        digits_run(&ctx),
        digits_init(&ctx, memory + 1, sizeof memory - 1u),
        digits_self_test(&ctx),
        digits_init(&ctx, memory + DIGITS_ARENA_ALIGN, DIGITS_ARENA_SIZE),
        digits_self_test(&ctx),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        printf("%d ", statuses[i]);
    }
    return 0;
}
`,
    );
    await build(folder, 'make');
    expect(await run(folder, 'firmware.elf', 'host')).toMatchObject({ exitCode: 0, stdout: '1 1 1 1 2 1 3 1 0 0 ' });
  });
});

describe('requireFit', () => {
  const { board } = selectBoard(loadBoards(), 'microbit');
  const compiled = compileModel(digits.bytes);

  it('accepts the example on the smallest board', () => {
    expect(problemsOf(() => requireFit(compiled, 10_000, board))).toEqual([]);
  });

  it.each([
    ['fit/ram', { ...board, stackBytes: 256 }, 10_000, 'bytes of stack'],
    ['fit/ram', { ...board, memory: board.memory.map((region) => ({ ...region, bytes: 2100 })) }, 100, 'arena of'],
    ['fit/flash', board, 300_000, '300000 bytes of constants'],
  ] as const)('reports %s', (code, small, constantBytes, words) => {
    expect(problemsOf(() => requireFit(compiled, constantBytes, small))).toMatchObject([
      { code, message: expect.stringContaining(words) },
    ]);
  });
});
