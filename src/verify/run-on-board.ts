/** Builds a model's project for a board and runs its test program in the simulator. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assets, generateProject } from '../codegen/project.js';
import type { CompiledModel } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { type Tensor, tensorBytes } from '../ir/graph.js';
import { runFirmware } from '../simulators/run-firmware.js';
import { type RunOptions, type RunResult, requireCompletion } from '../simulators/run-result.js';
import type { Board, Toolchain } from '../targets/board.js';
import { type BuildTarget, buildProject } from './build-project.js';
import { traceBytes } from './compare-trace.js';
import { requireFit } from './fit.js';
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
  compiled: CompiledModel,
  assets: Assets,
  options: BoardRunOptions,
): Promise<readonly (readonly Uint8Array[])[]> {
  const traces = await traceOnBoard(compiled, assets, options, {
    targets: ['verify.elf'],
    countInstructions: false,
  });
  return traces.map((trace) => outputsOf(compiled, trace, options.board));
}

/**
 * Writes and builds `targets` and runs `verify.elf`, which must be one of them. A trace has every layer's outputs in
 * execution order, then the model's outputs; it is empty when the program did not write it.
 *
 * @throws ModelcError `fit/*`, `build/*`, `device/*`
 */
export async function traceOnBoard(
  compiled: CompiledModel,
  assets: Assets,
  options: BoardRunOptions,
  { targets, countInstructions }: { readonly targets: readonly BuildTarget[]; readonly countInstructions: boolean },
): Promise<readonly Uint8Array[]> {
  const { name, board, toolchain, cases, directory, timeoutMs, signal } = options;
  const progress = options.onProgress ?? (() => {});
  progress('compile');
  const project = generateProject(compiled, assets, { name, board, toolchain });
  requireFit(compiled, project.constantBytes, board);
  writeProject(directory, project.files);
  progress('build');
  await buildProject(directory, board, toolchain, targets, ['-Werror'], signal);
  progress('run');
  writeCases(directory, cases);
  await runProgram(board, directory, 'verify.elf', {
    cwd: directory,
    timeoutMs,
    countInstructions,
    ...(signal === undefined ? {} : { signal }),
  });
  return cases.map((_, index) => readTrace(join(directory, `case${index}.trace`), traceBytes(compiled)));
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
    if (/^case\d+\.(in\d+\.bin|trace|ticks)$/.test(file)) rmSync(join(directory, file));
  }
  cases.forEach((inputs, index) => {
    inputs.forEach((bytes, slot) => {
      writeFileSync(join(directory, `case${index}.in${slot}.bin`), bytes);
    });
  });
}

/** A trace file; an absent one is empty, so that the comparison reports where it ends. */
function readTrace(path: string, limit: number): Uint8Array {
  return existsSync(path) ? readFileSync(path).subarray(0, limit) : new Uint8Array(0);
}

/** The end of a trace, cut into the model's outputs. */
function outputsOf(compiled: CompiledModel, trace: Uint8Array, board: Board): Uint8Array[] {
  const { graph } = compiled;
  if (trace.length !== traceBytes(compiled)) {
    throw new ModelcError({
      code: 'device/crashed',
      message: `The program on board "${board.name}" wrote ${trace.length} of ${traceBytes(compiled)} bytes of results.`,
      remedy: 'Is the disk full? Otherwise report this: a generated program must run.',
      place: {},
    });
  }
  const sizes = graph.outputs.map((index) => tensorBytes(graph.tensors[index] as Tensor));
  let offset = trace.length - sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => {
    offset += size;
    return trace.slice(offset - size, offset);
  });
}
