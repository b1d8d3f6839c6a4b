import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/cli/package.js';
import { ModelcError } from '../../src/errors.js';
import { boardsSchema } from '../../src/report/boards.js';
import { failureSchema } from '../../src/report/json.js';
import { defaultLimits } from '../../src/tflite/limits.js';
import { digits, jsonOf, modelc, temporaryFolder } from './run.js';

const folder = temporaryFolder();

describe('wrong arguments', () => {
  it.each([
    [['bogus'], /Unknown command 'bogus'/],
    [['compile'], /Missing required argument 'model'/],
    [['check', digits, '--fast'], /Unknown option '--fast'/],
    [['check', digits, 'other.tflite'], /Too many arguments/],
    [['compile', digits], /No board is given/],
    [['verify', digits], /No board is given/],
    [['compile', digits, '--host', 'scons'], /Allowed choices are make, cmake/],
    [['compile', digits, '--cpu', 'cortex-m4'], /A whole project needs a board/],
    [['build', '--project', 'none/modelc.json'], /There is no none\/modelc.json/],
    [['build', '--name', 'x'], /--name belongs to a model/],
    [['build', digits, '--board', 'host', '--project', '.'], /both a model and --project/],
    [['verify', digits, '--board', 'host', '--random', '-1'], /whole number from 0 to 1000/],
    [['verify', digits, '--board', 'host', '--seed', '1e3'], /whole number/],
    [['verify', digits, '--board', 'host,,microbit'], /no list of boards/],
    [['verify', digits, '--board', 'zx81'], /There is no board "zx81"/],
    [['verify', digits, '--board', 'host:tcc'], /no toolchain "tcc"/],
    [['run', digits, '--on', 'zx81', '--output', folder], /There is no board "zx81"/],
  ])('%j', async (argv, message) => {
    const plain = await modelc(argv);
    expect(plain.exitCode).toBe(2);
    expect(plain.stdout).toBe('');
    expect(plain.stderr).toMatch(message);
    expect(plain.stderr).not.toContain('    at ');

    const result = await modelc([...argv, '--json']);
    const { problems } = jsonOf(result, failureSchema);
    expect(result.exitCode).toBe(2);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).not.toBe('');
  });

  it('no arguments at all: shows the help on standard error', async () => {
    const { exitCode, stdout, stderr } = await modelc([]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Usage: modelc/);
  });
});

describe('a file that cannot be read', () => {
  const sparse = join(folder, 'huge.tflite');
  const descriptor = openSync(sparse, 'w');
  ftruncateSync(descriptor, defaultLimits.fileBytes + 1);
  closeSync(descriptor);

  it.each([
    ['missing', join(folder, 'missing.tflite'), 'There is no such file.'],
    ['inside a file', join(digits, 'model.tflite'), 'There is no such file.'],
    ['a folder', folder, 'This is a folder, not a file.'],
    ['a device', '/dev/null', 'This is not a regular file.'],
    ['too large', sparse, 'The file has 268435457 bytes; modelc reads at most 268435456.'],
  ])('%s', async (_, path, message) => {
    const report = jsonOf(await modelc(['check', path, '--json']), failureSchema);
    expect(report).toMatchObject({
      exit_code: 2,
      problems: [{ code: 'usage/file', message, place: { file: path } }],
    });
  });
});

describe('help and version', () => {
  it.each([['--help'], ['help'], ['verify --help']])('%s goes to standard output', async (argument) => {
    const { exitCode, stdout, stderr } = await modelc(argument.split(' '));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: modelc/);
  });

  it('--version is the version of the package', async () => {
    expect(await modelc(['--version'])).toMatchObject({ exitCode: 0, stdout: `${packageVersion()}\n` });
  });
});

describe('boards', () => {
  it('lists them with their memory, simulator and toolchains', async () => {
    const { boards } = jsonOf(await modelc(['boards', '--json']), boardsSchema);
    expect(boards.map(({ name }) => name)).toEqual(expect.arrayContaining(['host', 'microbit', 'rv32-virt']));
    expect(boards.find(({ name }) => name === 'host')?.toolchains.map(({ name }) => name)).toEqual(['gcc', 'clang']);
    const { stdout } = await modelc(['boards']);
    expect(stdout).toMatch(/rp2040 +cortex-m0plus .*264 KiB +rp2040js/);
  });
});

describe('colours', () => {
  const coloured = async (terminal: boolean, variables: Record<string, string>) =>
    (await modelc(['boards'], { terminal, variables })).stdout.includes('\u001b[');

  it('appear on terminals only', async () => {
    expect(await coloured(true, {})).toBe(true);
    expect(await coloured(false, {})).toBe(false);
  });

  it('obey NO_COLOR, FORCE_COLOR and dumb terminals', async () => {
    expect(await coloured(true, { NO_COLOR: '1' })).toBe(false);
    expect(await coloured(true, { TERM: 'dumb' })).toBe(false);
    expect(await coloured(false, { FORCE_COLOR: '1' })).toBe(true);
  });

  it('never appear in JSON', async () => {
    const { stdout } = await modelc(['boards', '--json'], { terminal: true });
    expect(stdout).not.toContain('\u001b');
  });
});

describe('a mistake in modelc itself', () => {
  const broken = {
    boards: () => {
      throw new Error('the shelf is empty');
    },
  };

  it('exits with 10, asks for a report and shows where it happened', async () => {
    const result = await modelc(['boards', '--json'], broken);
    expect(jsonOf(result, failureSchema)).toMatchObject({
      command: 'boards',
      exit_code: 10,
      problems: [{ code: 'internal/error', message: 'Internal error: the shelf is empty.' }],
    });
    expect(result.stderr).toMatch(/please report/);
    expect(result.stderr).toMatch(/ {4}at .*usage\.test/);
  });
});

describe('an interruption', () => {
  it('ends with 130 and leaves no result', async () => {
    const reason = new ModelcError({ code: 'internal/interrupted', message: 'Stopped.', remedy: 'Again.', place: {} });
    const result = await modelc(['verify', digits, '-b', 'host:gcc', '--json'], { signal: AbortSignal.abort(reason) });
    expect(jsonOf(result, failureSchema)).toMatchObject({ exit_code: 130, problems: [{ message: 'Stopped.' }] });
    // the first use of a command loads it
  }, 30_000);
});
