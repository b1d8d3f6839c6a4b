import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boardsSchema } from '../../src/report/boards.js';
import { checkSchema } from '../../src/report/check.js';
import { boardFiles } from '../../src/targets/build-command.js';
import { findBoards, resolveBoard } from '../../src/targets/load-boards.js';
import { digits, jsonOf, modelc, temporaryFolder } from '../cli/run.js';

/** The least that describes a board. */
const small = {
  description: 'A board of this test',
  cpu: 'cortex-m4',
  memory: [
    { name: 'flash', kind: 'flash', origin: '0x0', bytes: '256K' },
    { name: 'ram', kind: 'ram', origin: '0x20000000', bytes: '64K' },
  ],
};

function writeBoard(root: string, name: string, text: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'board.json'), text);
  return join(folder, 'board.json');
}

const root = temporaryFolder();
const good = writeBoard(root, 'good', JSON.stringify(small));
writeBoard(root, 'bad', JSON.stringify({ ...small, colour: 'red' }));
writeBoard(root, 'worse', '{');

describe('boards of one’s own', () => {
  it('are found beside each other; a broken one spoils only itself', () => {
    const { boards, broken } = findBoards([root, join(root, 'missing')]);
    expect(boards.map(({ name }) => name)).toEqual(['good']);
    expect(broken.map(({ name, error }) => [name, error.problems[0]?.message])).toEqual([
      ['bad', 'unknown key "colour".'],
      ['worse', expect.stringMatching(/^is not JSON/)],
    ]);
    expect(broken[0]?.error.problems[0]?.place.file).toBe(join(root, 'bad/board.json'));
  });

  it('win over boards of the same name in later folders', () => {
    const other = temporaryFolder();
    writeBoard(other, 'good', JSON.stringify({ ...small, description: 'another' }));
    expect(findBoards([other, root]).boards.map(({ description }) => description)).toEqual(['another']);
  });

  it.each([good, join(root, 'good'), `${good}:gcc`])('are named by their path: %s', (selector) => {
    const { board, toolchain } = resolveBoard({ boards: [], broken: [] }, selector);
    expect([board.name, toolchain.name]).toEqual(['good', 'gcc']);
  });

  it('report what is wrong with them only when they are asked for', () => {
    const catalogue = findBoards([root]);
    expect(() => resolveBoard(catalogue, 'bad')).toThrow(/unknown key "colour"/);
    expect(() => resolveBoard(catalogue, 'other')).toThrow(/no board "other"/);
    expect(() => resolveBoard(catalogue, join(root, 'none/board.json'))).toThrow(/cannot be read/);
  });

  it('bring C files that lie beside them', () => {
    const path = writeBoard(root, 'with-code', JSON.stringify({ ...small, extraSources: ['./uart.c'] }));
    expect(() => resolveBoard({ boards: [], broken: [] }, path)).toThrow(/A file it names cannot be read/);
    writeFileSync(join(root, 'with-code/uart.c'), 'int uart;\n');
    const { board } = resolveBoard({ boards: [], broken: [] }, path);
    expect(boardFiles(board)).toContainEqual({ to: 'uart.c', text: 'int uart;\n' });
  });

  it('keep the arena in the region they name', () => {
    const fast = { name: 'fast', kind: 'ram', origin: '0x10000000', bytes: '4K' };
    const path = writeBoard(root, 'fast', JSON.stringify({ ...small, memory: [...small.memory, fast], arena: 'fast' }));
    const { board } = resolveBoard({ boards: [], broken: [] }, path);
    const script = boardFiles(board).find(({ to }) => to === 'memory.ld');
    expect(script).toMatchObject({ text: expect.stringContaining('REGION_ALIAS("ARENA", FAST)') });
  });
});

describe('modelc', () => {
  it('checks a model against a board file', async () => {
    const report = jsonOf(await modelc(['check', digits, '--board', good, '--json']), checkSchema);
    expect(report.boards).toMatchObject([{ board: 'good', fits: true, ram: { available: 65536 } }]);
  });

  it('checks a model against a processor and its memory', async () => {
    const argv = (ram: string) => ['check', digits, '--cpu', 'cortex-m4', '--ram', ram, '--flash', '512K', '--json'];
    expect(jsonOf(await modelc(argv('128K')), checkSchema).boards).toMatchObject([{ board: 'cortex-m4', fits: true }]);
    expect(jsonOf(await modelc(argv('2K')), checkSchema)).toMatchObject({ exit_code: 4, boards: [{ fits: false }] });
  });

  it.each([
    [['--cpu', 'z80', '--ram', '1K', '--flash', '1K'], /"z80" is not one of/],
    [['--cpu', 'cortex-m4'], /alone has no memory/],
    [['--ram', '1K'], /belong to a processor/],
    [['--cpu', 'cortex-m4', '--ram', '1G', '--flash', '1K'], /Expected bytes/],
    [['--cpu', 'cortex-m4', '--ram', '1K', '--flash', '1K', '--board', 'host'], /exclude each other/],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await modelc(['check', digits, ...options]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it('lists the boards there are and what is wrong with the others', async () => {
    const report = jsonOf(await modelc(['boards', '--json'], { boards: () => findBoards([root]) }), boardsSchema);
    expect(report.boards.map(({ name }) => name)).toContain('good');
    expect(report.broken.map(({ name }) => name)).toEqual(['bad', 'worse']);
    const { stdout } = await modelc(['boards'], { boards: () => findBoards([root]) });
    expect(stdout).toMatch(/bad.*unknown key "colour"/);
  });

  it.each(['verify', 'run'])('%s refuses a board without a simulator and says what to do', async (command) => {
    const argv =
      command === 'verify'
        ? ['verify', digits, '--board', good]
        : ['run', digits, '--on', good, '-i', digits, '-o', join(root, 'out')];
    const { exitCode, stderr } = await modelc(argv);
    expect(stderr).toMatch(/Board "good" has no simulator.*modelc build/s);
    expect(exitCode).toBe(2);
  });
});
