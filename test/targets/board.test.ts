import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { capacity, isSimulated, parseBoard, selectBoard } from '../../src/targets/board.js';
import { boardConfig, memoryLayout } from '../../src/targets/board-files.js';
import { boardsDirectory, loadBoard, loadBoards } from '../../src/targets/load-boards.js';

const valid = {
  description: 'A board for this test',
  cpu: 'cortex-m4',
  kernels: ['dsp', 'scalar'],
  endianness: 'little',
  clockHz: 25_000_000,
  stackBytes: '16K',
  memory: [
    { name: 'flash', kind: 'flash', origin: '0x00000000', bytes: '4M' },
    { name: 'ram', kind: 'ram', origin: '0x20000000', bytes: 262_144 },
  ],
  uart: { kind: 'cmsdk', base: '0x40004000' },
  sources: ['common/cortex-m.c'],
  headers: ['common/board.h'],
  linkerScript: 'common/cortex-m.ld',
  toolchains: [
    {
      name: 'gcc',
      compiler: 'arm-none-eabi-gcc',
      binutilsPrefix: 'arm-none-eabi-',
      cFlags: ['-mcpu=cortex-m4'],
      ldFlags: ['-nostartfiles'],
      libraries: [],
    },
  ],
  simulator: { kind: 'qemu', command: 'qemu-system-arm', machine: 'mps2-an386', arguments: [] },
  counter: { kind: 'fpgaio', base: '0x40028000', hz: 25_000_000, bits: 32, nanosecondsPerInstruction: 128 },
};

/** The messages of all problems, or an empty list if the board is accepted. */
function problemsOf(json: unknown, name = 'test-board'): string[] {
  try {
    parseBoard(json, name);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ModelcError);
    const { problems } = error as ModelcError;
    for (const problem of problems) {
      expect(problem.code).toBe('usage/board');
      expect(problem.place.file).toBe(`boards/${name}/board.json`);
    }
    return problems.map((problem) => problem.message);
  }
}

describe('a board description', () => {
  it('gives numbers for addresses and sizes and orders the kernel sets', () => {
    const board = parseBoard(valid, 'test-board');
    expect(board.name).toBe('test-board');
    expect(board.stackBytes).toBe(16384);
    expect(board.memory).toEqual([
      { name: 'flash', kind: 'flash', origin: 0, bytes: 4194304 },
      { name: 'ram', kind: 'ram', origin: 0x20000000, bytes: 262144 },
    ]);
    expect(board.kernels).toEqual(['scalar', 'dsp']);
    expect([capacity(board, 'flash'), capacity(board, 'ram')]).toEqual([4194304, 262144]);
  });

  it('carries addresses and sizes into C and to the linker', () => {
    const board = parseBoard(valid, 'test-board');
    expect(boardConfig(board)).toContain(
      '#define BOARD_UART_CMSDK 0x40004000u\n\n/* The time base behind board_ticks. */\n#define BOARD_COUNTER_FPGAIO 0x40028000u\n',
    );
    expect(memoryLayout(board).split('\n').slice(1)).toEqual([
      'MEMORY {',
      '  FLASH (rx) : ORIGIN = 0x0, LENGTH = 0x400000',
      '  RAM (rwx) : ORIGIN = 0x20000000, LENGTH = 0x40000',
      '}',
      'REGION_ALIAS("ARENA", RAM)',
      'STACK_BYTES = 0x4000;',
      'VECTORS_ORIGIN = ORIGIN(FLASH);',
      '',
    ]);
  });

  it('is refused with every unknown key by name', () => {
    const json = { ...valid, colour: 'red', uart: { ...valid.uart, baud: 9600 } };
    expect(problemsOf(json)).toEqual(['unknown key "uart.baud".', 'unknown key "colour".']);
  });

  it('is refused without a required key', () => {
    const { cpu, ...rest } = valid;
    expect(cpu).toBeDefined();
    expect(problemsOf(rest)).toEqual([expect.stringMatching(/^"cpu": /)]);
    expect(problemsOf(undefined)).toEqual([expect.stringMatching(/^the file: /)]);
    expect(problemsOf([])).toHaveLength(1);
  });

  it.each([
    [
      'an origin that is a number',
      { memory: [{ ...valid.memory[0], origin: 0 }, valid.memory[1]] },
      /memory\.0\.origin/,
    ],
    ['bytes in an unknown unit', { stackBytes: '1G' }, /stackBytes.*"264K"/],
    ['no stack', { stackBytes: 0 }, /stackBytes/],
    ['a stack that fills RAM', { stackBytes: '256K' }, /stack fills all of ram/],
    ['a region beyond 32 bits', { memory: [valid.memory[0], { ...valid.memory[1], origin: '0xfffff000' }] }, /32-bit/],
    ['two regions of one name', { memory: [...valid.memory, valid.memory[0]] }, /same name/],
    ['a linker script without RAM', { memory: [valid.memory[0]] }, /region named "ram"/],
    ['a file outside boards/', { sources: ['../secret.c'] }, /sources\.0.*below boards/],
    ['an absolute file', { linkerScript: '/etc/passwd' }, /linkerScript/],
    ['two files of one name', { sources: ['a/start.c', 'b/start.c'] }, /one folder/],
    ['an unknown kernel set', { kernels: ['avx'] }, /kernels\.0/],
    ['a big-endian processor', { endianness: 'big' }, /endianness/],
    ['no toolchain', { toolchains: [] }, /toolchains/],
    ['a compiler that is a shell line', { toolchains: [{ ...valid.toolchains[0], compiler: 'rm -rf x' }] }, /compiler/],
    ['an arena outside RAM', { arena: 'flash' }, /no region "flash" of kind "ram"/],
    ['a UART without an address', { uart: { kind: 'pl011' } }, /base address/],
    ['a step that does nothing known', { setup: [{ register: '0x0', toggle: '0x1' }] }, /setup\.0/],
    [
      'an unknown processor',
      { cpu: 'z80', kernels: undefined, toolchains: undefined },
      /"z80" is not one of.* kernels/,
    ],
    ['an unknown simulator', { simulator: { kind: 'renode' } }, /simulator/],
    ['a count that cannot be exact', { counter: { ...valid.counter, nanosecondsPerInstruction: 64 } }, /1\.6 ticks/],
    ['a count QEMU cannot do', { counter: { ...valid.counter, nanosecondsPerInstruction: 100 } }, /power of two/],
  ])('is refused with %s', (_what, change, message) => {
    expect(problemsOf({ ...valid, ...change })).toEqual([expect.stringMatching(message)]);
  });

  it('is refused under a name that is no folder name', () => {
    expect(problemsOf(valid, 'My Board')).toEqual(['"My Board" is no board name.']);
  });

  it('reports all problems at once', () => {
    expect(problemsOf({ ...valid, cpu: '', endianness: 'big', extra: 1 })).toHaveLength(3);
  });
});

describe('the boards of the package', () => {
  const boards = loadBoards();

  it('are all valid and include the documented ones', () => {
    const names = boards.map((board) => board.name);
    const documented = readFileSync(join(boardsDirectory, 'README.md'), 'utf8')
      .split('## Boards of your own')[0]
      ?.matchAll(/^\| `([a-z0-9-]+)` /gm);
    expect([...(documented ?? [])].map(([, name]) => name).sort()).toEqual(names);
    expect(boards.filter((board) => !isSimulated(board)).length).toBeGreaterThan(20);
  });

  it('are found by name and by name and toolchain', () => {
    expect(selectBoard(boards, 'host').toolchain.compiler).toBe('gcc');
    expect(selectBoard(boards, 'host:clang').toolchain.compiler).toBe('clang');
    expect(selectBoard(boards, 'rp2040:gcc').board.name).toBe('rp2040');
  });

  it.each(['no-such-board', 'host:tcc', 'host:gcc:x', ''])(
    'do not include "%s", and the error says what there is',
    (name) => {
      expect(() => selectBoard(boards, name)).toThrow(/usage\/board.*host/);
    },
  );

  it('report a folder without a description', () => {
    expect(() => loadBoard('/no/such/board')).toThrow(/usage\/board: \/no\/such\/board\/board.json: cannot be read/);
  });
});
