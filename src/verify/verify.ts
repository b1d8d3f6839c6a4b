/** The proof: builds a model for a board, runs it in the simulator and compares every layer with the interpreter. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assets } from '../codegen/project.js';
import { generateProject, stackBound } from '../codegen/project.js';
import type { CompiledModel } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { ticksToInstructions } from '../simulators/instruction-count.js';
import { runFirmware } from '../simulators/run-firmware.js';
import { type RunResult, requireCompletion } from '../simulators/run-result.js';
import { type Board, capacity, type Toolchain } from '../targets/board.js';
import { buildProject, measureFlash } from './build-project.js';
import { compareTraces, type LayerVerdict, type TraceVerdict, traceBytes } from './compare-trace.js';
import type { FlashUse } from './link-map.js';
import { writeProject } from './write-project.js';

export interface VerifyOptions {
  readonly name: string;
  readonly board: Board;
  readonly toolchain: Toolchain;
  /** Raw little-endian inputs: for each case one array per graph input. */
  readonly cases: readonly (readonly Uint8Array[])[];
  /** Folder in which the project is written, built and run. */
  readonly directory: string;
  readonly timeoutMs: number;
  /** Called with what is being done, for progress display. */
  readonly onProgress?: (step: string) => void;
}

export interface Verification extends TraceVerdict {
  readonly board: string;
  readonly toolchain: string;
  readonly cases: number;
  /** Undefined on the host. */
  readonly flash?: FlashUse;
  /** Measured high-water mark of the stack during one inference; undefined on the host. */
  readonly stackBytes?: number;
  /** Instructions of one inference; undefined where the simulator cannot count. */
  readonly instructions?: number;
}

/**
 * @throws ModelcError `fit/*` when the model does not fit the board, `build/*`, `device/*`. A difference is not an
 *   error but a result.
 */
export async function verifyOnBoard(
  compiled: CompiledModel,
  assets: Assets,
  options: VerifyOptions,
): Promise<Verification> {
  const { name, board, toolchain, directory, timeoutMs } = options;
  // without inputs every case is the same, and the test program runs one
  const cases = compiled.graph.inputs.length === 0 ? [[]] : options.cases;
  const progress = options.onProgress ?? (() => {});
  progress('compile');
  const project = generateProject(compiled, assets, { name, board, toolchain });
  requireFit(compiled, project.constantBytes, board);
  writeProject(directory, project.files);
  progress('build');
  await buildProject(directory, board, toolchain, ['firmware.elf', 'verify.elf'], ['-Werror']);
  progress('run');
  const costs = await measure(compiled, board, directory, timeoutMs);
  cases.forEach((inputs, index) => {
    inputs.forEach((bytes, slot) => {
      writeFileSync(join(directory, `case${index}.in${slot}.bin`), bytes);
    });
  });
  const run = { cwd: directory, timeoutMs, countInstructions: true };
  const result = await runFirmware(board, join(directory, 'verify.elf'), run);
  requireCompletion(board, run, result);
  requireSuccess(board, result, 'verify.elf');
  progress('compare');
  const traces = cases.map((_, index) => readTrace(join(directory, `case${index}.trace`), traceBytes(compiled)));
  const verdict = compareTraces(compiled, cases, traces);
  const flash = measureFlash(directory, board, name);
  return {
    board: board.name,
    toolchain: toolchain.name,
    cases: cases.length,
    ...verdict,
    layers: withInstructions(verdict.layers, board, join(directory, 'case0.ticks')),
    ...(flash === undefined ? {} : { flash }),
    ...costs,
  };
}

/** Fails before anything is built when arena, stack or constants alone exceed the board. */
export function requireFit(compiled: CompiledModel, constantBytes: number, board: Board): void {
  const { plan } = compiled;
  const ram = capacity(board, 'ram');
  const flash = capacity(board, 'flash');
  if (ram !== undefined && plan.arenaBytes + board.stackBytes > ram) {
    throw new ModelcError({
      code: 'fit/ram',
      message: `The model needs an arena of ${plan.arenaBytes} bytes; board "${board.name}" has ${ram} bytes of RAM, ${board.stackBytes} of them for the stack.`,
      remedy: 'Choose a board with more RAM or a model with smaller activations.',
      place: {},
    });
  }
  const stack = stackBound(compiled);
  if (ram !== undefined && stack > board.stackBytes) {
    throw new ModelcError({
      code: 'fit/ram',
      message: `The model needs up to ${stack} bytes of stack; board "${board.name}" reserves ${board.stackBytes}.`,
      remedy: 'Choose a board with a larger stack or a model with kernels of fewer rows.',
      place: {},
    });
  }
  if (flash !== undefined && constantBytes > flash) {
    throw new ModelcError({
      code: 'fit/flash',
      message: `The model has ${constantBytes} bytes of constants; board "${board.name}" has ${flash} bytes of flash.`,
      remedy: 'Choose a board with more flash or a model with fewer weights.',
      place: {},
    });
  }
}

/** Runs the example application: self-test, instructions and stack of one inference. */
async function measure(
  compiled: CompiledModel,
  board: Board,
  directory: string,
  timeoutMs: number,
): Promise<Pick<Verification, 'stackBytes' | 'instructions'>> {
  const options = { cwd: directory, timeoutMs, countInstructions: true };
  const result = await runFirmware(board, join(directory, 'firmware.elf'), options);
  requireCompletion(board, options, result);
  requireSuccess(board, result, 'firmware.elf');
  const number = (label: string) => Number(new RegExp(`^${label} (\\d+)`, 'm').exec(result.stdout)?.[1]);
  if (board.memory.length === 0) return {};
  const stackBytes = number('stack');
  if (stackBytes > stackBound(compiled)) {
    throw new Error(
      `the stack of ${stackBytes} bytes exceeds the promised ${stackBound(compiled)}, please report this`,
    );
  }
  const instructions = ticksToInstructions(board, number('ticks'));
  return { stackBytes, ...(instructions === undefined ? {} : { instructions }) };
}

/** Adds what each layer cost in the first case, from the little-endian ticks the test program wrote. */
function withInstructions(layers: readonly LayerVerdict[], board: Board, path: string): readonly LayerVerdict[] {
  if (board.counter === undefined || !existsSync(path)) return layers;
  const file = readFileSync(path);
  const ticks = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return layers.map((layer) => {
    if (4 * layer.index + 4 > ticks.byteLength) return layer;
    const instructions = ticksToInstructions(board, ticks.getUint32(4 * layer.index, true));
    return instructions === undefined ? layer : { ...layer, instructions };
  });
}

function requireSuccess(board: Board, result: RunResult, program: string): void {
  if (result.exitCode === 0) return;
  const said = (result.stdout + result.stderr).trim().split('\n').slice(0, 8).join(' | ');
  throw new ModelcError({
    code: 'device/crashed',
    message: `${program} on board "${board.name}" ended with status ${result.exitCode}: ${said}.`,
    remedy: 'Report this: a generated program must run.',
    place: {},
  });
}

/** A trace file; an absent one is empty, so that the comparison reports where it ends. */
function readTrace(path: string, limit: number): Uint8Array {
  return existsSync(path) ? readFileSync(path).subarray(0, limit) : new Uint8Array(0);
}
