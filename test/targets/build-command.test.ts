import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectBoard } from '../../src/targets/board.js';
import { boardFiles, buildCommand } from '../../src/targets/build-command.js';
import { boardsDirectory, loadBoards } from '../../src/targets/load-boards.js';

describe.each(loadBoards().map((board) => [board.name, board] as const))('%s', (_name, board) => {
  it('names files that exist and have different names', () => {
    const files = boardFiles(board);
    expect(files.filter((file) => 'from' in file && !existsSync(join(boardsDirectory, file.from)))).toEqual([]);
    expect(new Set(files.map(({ to }) => to)).size).toBe(files.length);
  });
});

describe('the build command', () => {
  it('compiles the program with the board and puts libraries last', () => {
    const { board, toolchain } = selectBoard(loadBoards(), 'rv32-virt');
    const { command, args } = buildCommand(board, toolchain, {
      boardDirectory: 'board',
      sources: ['main.c'],
      includeDirectories: ['kernels'],
      optimization: '-Os',
      output: 'main.elf',
    });
    expect(command).toBe('riscv64-unknown-elf-gcc');
    const line = args.join(' ');
    expect(line).toMatch(/^-misa-spec=2.2 .* -Os -std=c99 .*-Werror -Iboard -Ikernels main.c board\/riscv.c /);
    expect(line).toMatch(/ -Lboard -T board\/riscv.ld -lgcc -o main.elf$/);
  });
});
