/** Generated projects in temporary folders: written, built and run as their users would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { compileModel } from '../../src/compiler.js';
import { runFirmware } from '../../src/simulators/run-firmware.js';
import type { RunResult } from '../../src/simulators/run-result.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { writeProject } from '../../src/verify/write-project.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelc-project-'));
  folders.push(folder);
  return folder;
}

/** Compiles and writes a model; returns the project's folder. */
export function writeModelProject(bytes: Uint8Array, name: string, selector: string): string {
  const folder = temporaryFolder();
  const project = generateProject(compileModel(bytes), loadAssets(), {
    name,
    ...selectBoard(loadBoards(), selector),
  });
  writeProject(folder, project.files);
  return folder;
}

/** Runs a build command; throws with everything it printed when it fails. */
export async function build(folder: string, command: string, ...args: string[]): Promise<string> {
  const result = await execa(command, args, { cwd: folder, reject: false, all: true, stdin: 'ignore' });
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')}\n${result.all ?? result.message}`);
  return result.all;
}

export function run(folder: string, program: string, selector: string): Promise<RunResult> {
  const { board } = selectBoard(loadBoards(), selector);
  return runFirmware(board, join(folder, program), { cwd: folder, timeoutMs: 60_000, countInstructions: false });
}
