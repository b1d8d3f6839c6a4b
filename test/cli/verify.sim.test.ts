import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import type { Assets } from '../../src/codegen/project.js';
import { stackBound } from '../../src/codegen/stack.js';
import { compileModel } from '../../src/compiler.js';
import { ModelcError } from '../../src/errors.js';
import { buildSchema } from '../../src/report/compile.js';
import { failureSchema } from '../../src/report/json.js';
import { runSchema } from '../../src/report/run.js';
import { verifySchema } from '../../src/report/verify.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { digits, digitsVectors, jsonOf, modelc, supportedGraph, temporaryFolder, writeModelFile } from './run.js';

const folder = temporaryFolder();

/** The assets with one text replaced in a file of `kind`. */
function patched(kind: 'runtime' | 'templates', file: string, from: string, to: string): () => Assets {
  const assets = loadAssets();
  const text = assets[kind].get(file) ?? '';
  expect(text).toContain(from);
  return () => ({ ...assets, [kind]: new Map(assets[kind]).set(file, text.replace(from, to)) });
}

// of its own, so that nothing else on the machine writes there
const temporary = temporaryFolder();
process.env.TMPDIR = temporary;
const leftovers = () => readdirSync(temporary).filter((name) => name.startsWith('modelc-'));

describe('verify', () => {
  it('proves the example on a Cortex-M4 and says what it costs', async () => {
    const report = jsonOf(await modelc(['verify', digits, '--board', 'mps2-an386', '--json']), verifySchema);
    expect(report).toMatchObject({
      schema_version: 1,
      exit_code: 0,
      model: { name: 'digits', crc32: 'ca80608a', macs: 81408 },
      contract: 'tflm',
      board: 'mps2-an386',
      equal: true,
      arena_bytes: 1344,
      arena_lower_bound: 1344,
      first_difference: null,
      problems: [],
    });
    expect(report.layers).toHaveLength(10);
    expect(report.layers.every(({ equal }) => equal)).toBe(true);
    expect(report.layers[9]).toMatchObject({ index: 9, operator: 'SOFTMAX' });
    expect(report.cases).toEqual([
      'random, seed 1',
      'random, seed 2',
      'random, seed 3',
      'all at zero point',
      'all at minimum',
      'all at maximum',
    ]);
    expect(report.flash?.weights).toBeGreaterThan(6000);
    expect(report.flash?.total).toBeGreaterThan((report.flash?.weights ?? 0) + (report.flash?.code ?? 0));
    expect(report.stack_bytes).toBeGreaterThan(0);
    expect(report.instructions).toBeGreaterThan(81408);
    expect(leftovers()).toEqual([]);
  });

  it('runs every compiler of the host, and keeps the projects on request', async () => {
    const kept = join(folder, 'kept');
    const argv = ['verify', digits, '--board', 'host', '--random', '1', '--seed', '7', '--keep', kept, '--json'];
    const report = jsonOf(await modelc(argv), verifySchema);
    expect(report).toMatchObject({ exit_code: 0, equal: true, flash: null, stack_bytes: null, instructions: null });
    expect(report.results.map(({ board, toolchain, equal }) => [board, toolchain, equal])).toEqual([
      ['host', 'gcc', true],
      ['host', 'clang', true],
    ]);
    expect(report.cases[0]).toBe('random, seed 7');
    expect(existsSync(join(kept, 'host-gcc/case3.trace'))).toBe(true);
    expect(existsSync(join(kept, 'host-clang/model/digits.c'))).toBe(true);
  });

  it('runs given inputs instead of generated ones', async () => {
    const inputs = ['in00.bin', 'in01.bin'].map((file) => join(digitsVectors, file));
    const result = await modelc(['verify', digits, '--board', 'host:gcc', '--input', ...inputs]);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/inputs +2 cases: .*in00\.bin; .*in01\.bin/);
    expect(result.stdout).toMatch(/host, gcc: all 10 layers equal, byte for byte/);
  });

  it('finds a wrong kernel and names layer, tensor and element', async () => {
    // the last element of each run, which is a row of the image, is off by one bit
    const wrong = patched(
      'runtime',
      'modelc_add_s8.h',
      'out[i] = modelc_saturate(sum, p->out_zero, p->out_min, p->out_max);',
      'out[i] = modelc_saturate(sum, p->out_zero, p->out_min, p->out_max); if (i == count - 1) { out[i] = (int8_t)(out[i] ^ 1); }',
    );
    const result = await modelc(['verify', digits, '--board', 'mps2-an386', '--json'], { assets: wrong });
    const report = jsonOf(result, verifySchema);
    expect(report).toMatchObject({ exit_code: 1, equal: false, instructions: null });
    expect(report.layers.slice(0, 6).map(({ equal }) => equal)).toEqual([true, true, true, true, true, false]);
    const difference = report.first_difference;
    expect(difference).toMatchObject({
      case: { index: 0, name: 'random, seed 1' },
      layer: 5,
      operator: 'ADD',
      tensor: { type: 'int8', shape: [1, 4, 4, 48] },
      element: { index: 191, coordinates: [0, 0, 3, 47] },
      differing_elements: 4,
      differing_bytes: 4,
    });
    expect(Number(difference?.element.expected) ^ Number(difference?.element.found)).toBe(1);

    const { stdout, exitCode } = await modelc(['verify', digits, '--board', 'mps2-an386'], { assets: wrong });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/First difference on mps2-an386, gcc: layer 5 ADD/);
    expect(stdout).toMatch(/element +191 at \[0, 0, 3, 47\]/);
    expect(stdout).toMatch(/differing +4 of 768 elements/);
  });

  it('goes on with the other boards when one is too small, and fails in the end', async () => {
    const large = writeModelFile(join(folder, 'large.tflite'), supportedGraph(20_000));
    const argv = ['verify', large, '--board', 'microbit,mps2-an386', '--random', '0', '--json'];
    const report = jsonOf(await modelc(argv), verifySchema);
    expect(report).toMatchObject({ exit_code: 4, equal: false, problems: [{ code: 'fit/ram' }] });
    expect(report.results).toMatchObject([
      { board: 'microbit', equal: false, exit_code: 4, layers: [], problems: [{ code: 'fit/ram' }] },
      { board: 'mps2-an386', equal: true, exit_code: 0, problems: [] },
    ]);
  });

  it('names the missing compiler', async () => {
    const { board } = selectBoard(loadBoards(), 'host');
    const toolchains = board.toolchains.slice(0, 1).map((toolchain) => ({ ...toolchain, compiler: 'no-such-cc' }));
    const boards = () => ({ boards: [{ ...board, toolchains }], broken: [] });
    const report = jsonOf(await modelc(['verify', digits, '--board', 'host', '--json'], { boards }), verifySchema);
    expect(report).toMatchObject({ exit_code: 5, problems: [{ code: 'build/toolchain-missing' }] });
    expect(report.problems[0]?.message).toContain('no-such-cc');
  });

  it('stops a program that does not end', async () => {
    const endless = patched('templates', 'verify.c.hbs', 'board_init();', 'board_init(); for (;;) { board_ticks(); }');
    const argv = ['verify', digits, '--board', 'mps2-an386', '--timeout', '1', '--json'];
    const report = jsonOf(await modelc(argv, { assets: endless }), verifySchema);
    expect(report).toMatchObject({ exit_code: 7, equal: false, problems: [{ code: 'device/timeout' }] });
  });

  it('reports a crash', async () => {
    const crashing = patched('templates', 'verify.c.hbs', 'board_init();', 'board_init(); board_exit(9);');
    const argv = ['verify', digits, '--board', 'mps2-an386', '--json'];
    const report = jsonOf(await modelc(argv, { assets: crashing }), verifySchema);
    expect(report).toMatchObject({ exit_code: 6, equal: false, problems: [{ code: 'device/crashed' }] });
    expect(report.problems[0]?.message).toContain('status 9');
  });

  it('does not accept a stack above the promised bound, and accepts one that reaches it', async () => {
    const bound = stackBound(compileModel(readFileSync(digits)));
    const using = (stack: number) => patched('templates', 'main.c.hbs', 'board_stack_used()', `${stack}u`);
    const argv = ['verify', digits, '--board', 'mps2-an386', '--random', '1', '--json'];
    const exact = jsonOf(await modelc(argv, { assets: using(bound) }), verifySchema);
    expect(exact).toMatchObject({ exit_code: 0, equal: true, stack_bytes: bound });
    const above = jsonOf(await modelc(argv, { assets: using(bound + 1) }), failureSchema);
    expect(above).toMatchObject({ exit_code: 10, problems: [{ code: 'internal/error' }] });
    expect(above.problems[0]?.message).toContain(`${bound + 1} bytes exceeds the promised ${bound}`);
  });

  it('stops the simulator and cleans up when interrupted', async () => {
    const endless = patched('templates', 'verify.c.hbs', 'board_init();', 'board_init(); for (;;) { board_ticks(); }');
    const interruption = new AbortController();
    const started = Date.now();
    const result = modelc(['verify', digits, '--board', 'mps2-an386', '--json'], {
      assets: endless,
      signal: interruption.signal,
      stderr: {
        write: (text) => {
          if (!text.includes('run')) return;
          const place = { code: 'internal/interrupted', message: 'Stopped.', remedy: 'Again.', place: {} } as const;
          setTimeout(() => interruption.abort(new ModelcError(place)), 300);
        },
      },
    });
    expect(jsonOf(await result, failureSchema)).toMatchObject({ exit_code: 130 });
    expect(Date.now() - started).toBeLessThan(60_000);
    expect(leftovers()).toEqual([]);
  });
});

describe('run on a board', () => {
  it.each(['mps2-an386', 'rp2040'])('gives the bytes of TensorFlow Lite Micro on %s', async (board) => {
    const output = join(folder, `run-${board}`);
    const argv = ['run', digits, '--on', board, '--input', join(digitsVectors, 'in06.bin'), '--output', output];
    const report = jsonOf(await modelc([...argv, '--json']), runSchema);
    expect(report.on).toBe(`${board}:gcc`);
    expect(readFileSync(join(output, 'out0.bin'))).toEqual(readFileSync(join(digitsVectors, 'out06.bin')));
  });
});

describe('build', () => {
  it('builds the firmware and measures its flash', async () => {
    const directory = join(folder, 'build');
    const report = jsonOf(await modelc(['build', digits, '-b', 'mps2-an386', '-o', directory, '--json']), buildSchema);
    expect(report.exit_code).toBe(0);
    expect(existsSync(join(directory, report.firmware))).toBe(true);
    expect(report.flash?.total).toBeGreaterThan(report.weights_bytes);
  });

  it('tells a user whose folder holds other files', async () => {
    const directory = join(folder, 'occupied');
    mkdirSync(join(directory, 'main.c'), { recursive: true });
    const result = await modelc(['build', digits, '-b', 'host', '-o', directory, '--json']);
    expect(jsonOf(result, failureSchema)).toMatchObject({ command: 'build', exit_code: 2 });
  });
});
