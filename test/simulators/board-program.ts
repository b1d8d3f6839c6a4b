/** Builds the C programs of test/boards and runs them, each in a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll } from 'vitest';
import { runFirmware } from '../../src/simulators/run-firmware.js';
import type { RunResult } from '../../src/simulators/run-result.js';
import { missingTool } from '../../src/simulators/toolchain.js';
import { type BoardSelection, isSimulated } from '../../src/targets/board.js';
import { buildCommand } from '../../src/targets/build-command.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { writeBoardFiles } from '../support/board-folder.js';

const programs = fileURLToPath(new URL('../boards', import.meta.url));

/** Every simulated board with every toolchain, named as on the command line. */
export const selections: readonly (readonly [name: string, BoardSelection])[] = loadBoards()
  .filter(isSimulated)
  .flatMap((board) =>
    board.toolchains.map((toolchain) => [`${board.name}:${toolchain.name}`, { board, toolchain }] as const),
  );

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface Program {
  readonly folder: string;
  readonly elf: string;
}

/** Builds as a generated project would: the board's files copied into one folder, all warnings errors, -O2. */
export async function buildProgram(
  { board, toolchain }: BoardSelection,
  source: string,
  extraFlags: readonly string[] = [],
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'modelc-board-'));
  folders.push(folder);
  const boardDirectory = join(folder, 'board');
  mkdirSync(boardDirectory);
  writeBoardFiles(board, boardDirectory);
  const elf = join(folder, 'program.elf');
  const { command, args } = buildCommand(board, toolchain, {
    boardDirectory,
    sources: [join(programs, source)],
    optimization: '-O2',
    extraFlags,
    output: elf,
  });
  const result = await execa(command, args, { cwd: folder, reject: false, stdin: 'ignore' });
  if (result.code === 'ENOENT') throw missingTool(command, `board "${board.name}"`);
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')}\n${result.stderr}`);
  return { folder, elf };
}

export function runProgram(
  { board }: BoardSelection,
  program: Program,
  { timeoutMs = 20_000, countInstructions = false } = {},
): Promise<RunResult> {
  return runFirmware(board, program.elf, { cwd: program.folder, timeoutMs, countInstructions });
}
