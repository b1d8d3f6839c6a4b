/** Builds a model's project for a board and runs its test program in the simulator. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assets, generateProject } from '../codegen/project.js';
import type { Program } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { runFirmware } from '../simulators/run-firmware.js';
import { type RunOptions, type RunResult, requireCompletion } from '../simulators/run-result.js';
import type { Board, Toolchain } from '../targets/board.js';
import { type BuildTarget, buildProject } from './build-project.js';
import { requireFit } from './fit.js';
import { readStrays, type Stray } from './strays.js';
import { readTrace, type TraceRecord, tracedOutputs, traceFileBytes } from './trace.js';
import { writeProject } from './write-project.js';

export interface BoardRunOptions {
  /** C prefix of the project. */
  readonly name: string;
  readonly board: Board;
  readonly toolchain: Toolchain;
  /** Raw little-endian inputs: for each case one array per graph input. A model without inputs has one empty case. */
  readonly cases: readonly (readonly Uint8Array[])[];
  /** Folder in which the project is written, built and run. */
  readonly directory: string;
  readonly timeoutMs: number;
  /** Stops compiler and simulator when aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called with what is being done, for progress display. */
  readonly onProgress?: (step: string) => void;
}

/**
 * The model's outputs on the board: for each case one array per graph output, raw little-endian.
 *
 * @throws ModelcError `fit/*`, `build/*`, `device/*`
 */
export async function runOnBoard(
  program: Program,
  assets: Assets,
  options: BoardRunOptions,
): Promise<readonly (readonly Uint8Array[])[]> {
  const { traces } = await traceOnBoard(program, assets, options, {
    targets: ['verify.elf'],
    countInstructions: false,
  });
  return traces.map((trace) => outputsOf(program, trace, options.board));
}

/** What the test program left behind. */
export interface BoardTraces {
  /** For each case its records, none when it was not written; without the cases after a stray access that ended the program. */
  readonly traces: readonly (readonly TraceRecord[])[];
  /** Accesses to memory that is not the layer's; empty when all is well. */
  readonly strays: readonly Stray[];
}

/**
 * Writes and builds `targets` and runs `verify.elf`, which must be one of them. A program that fails after a stray
 * access has said why, and its traces end where they end.
 *
 * @throws ModelcError `fit/*`, `build/*`, `device/*`
 */
export async function traceOnBoard(
  program: Program,
  assets: Assets,
  options: BoardRunOptions,
  { targets, countInstructions }: { readonly targets: readonly BuildTarget[]; readonly countInstructions: boolean },
): Promise<BoardTraces> {
  const { name, board, toolchain, cases, directory, timeoutMs, signal } = options;
  const progress = options.onProgress ?? (() => {});
  progress('compile');
  const project = generateProject(program, assets, { name, board, toolchain });
  requireFit(program, project.constantBytes, board);
  // what is run must be what modelc wrote, not what has become of it in a folder that was kept
  writeProject(directory, project.files, { edited: 'refuse' });
  progress('build');
  await buildProject(directory, board, toolchain, targets, ['-Werror'], signal);
  progress('run');
  writeCases(directory, cases);
  const failure = await runProgram(board, directory, 'verify.elf', {
    cwd: directory,
    timeoutMs,
    countInstructions,
    ...(signal === undefined ? {} : { signal }),
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const strays = readStrays(directory, cases.length, program.plan.arenaBytes);
  if (failure !== undefined && (strays.length === 0 || !isCrash(failure))) throw failure;
  const begun = failure === undefined ? cases.length : Math.max(...strays.map((stray) => stray.case)) + 1;
  const traces = Array.from({ length: begun }, (_, index) =>
    loadTrace(join(directory, `case${index}.trace`), traceFileBytes(program)),
  );
  return { traces, strays };
}

function isCrash(error: unknown): boolean {
  return error instanceof ModelcError && error.problems.every(({ code }) => code === 'device/crashed');
}

/**
 * Runs one of the project's programs to its end.
 *
 * @throws ModelcError `device/*` unless it ends with status 0
 */
export async function runProgram(
  board: Board,
  directory: string,
  program: BuildTarget,
  options: RunOptions,
): Promise<RunResult> {
  const result = await runFirmware(board, join(directory, program), options);
  requireCompletion(board, options, result);
  if (result.exitCode === 0) return result;
  const said = (result.stdout + result.stderr).trim().split('\n').slice(0, 8).join(' | ');
  throw new ModelcError({
    code: 'device/crashed',
    message: `${program} on board "${board.name}" ended with status ${result.exitCode}: ${said}.`,
    remedy: 'Report this: a generated program must run.',
    place: {},
  });
}

/** Replaces the cases of an earlier run: the program runs as many as it finds. */
function writeCases(directory: string, cases: readonly (readonly Uint8Array[])[]): void {
  for (const file of readdirSync(directory)) {
    if (/^case\d+\.(in\d+\.bin|trace|strays)$/.test(file)) rmSync(join(directory, file));
  }
  cases.forEach((inputs, index) => {
    inputs.forEach((bytes, slot) => {
      writeFileSync(join(directory, `case${index}.in${slot}.bin`), bytes);
    });
  });
}

/** A trace file; an absent one is empty, so that the comparison reports where it ends. */
function loadTrace(path: string, limit: number): TraceRecord[] {
  return existsSync(path) ? readTrace(readFileSync(path).subarray(0, limit)) : [];
}

/** The model's outputs at the end of a trace. */
function outputsOf(program: Program, trace: readonly TraceRecord[], board: Board): Uint8Array[] {
  return tracedOutputs(program, trace).map(({ bytes, isKnown }, slot) => {
    if (isKnown.every((known) => known === 1)) return bytes;
    throw new ModelcError({
      code: 'device/crashed',
      message: `The program on board "${board.name}" did not write all ${bytes.length} bytes of output ${slot}.`,
      remedy: 'Is the disk full? Otherwise report this: a generated program must run.',
      place: {},
    });
  });
}
