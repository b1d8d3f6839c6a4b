/** The proof: builds a model for a board, runs it in the simulator and compares every layer with the interpreter. */
import type { Assets } from '../codegen/project.js';
import { stackBound } from '../codegen/stack.js';
import type { Program } from '../compiler.js';
import { ticksToInstructions } from '../simulators/instruction-count.js';
import type { Board } from '../targets/board.js';
import { measureFlash } from './build-project.js';
import { compareTraces, type LayerVerdict, type TraceVerdict } from './compare-trace.js';
import type { FlashUse } from './link-map.js';
import { type BoardRunOptions, runProgram, traceOnBoard } from './run-on-board.js';
import type { Stray } from './strays.js';
import type { TraceRecord } from './trace.js';

export type VerifyOptions = BoardRunOptions;

export interface Verification extends TraceVerdict {
  readonly board: string;
  readonly toolchain: string;
  readonly cases: number;
  /** Accesses of layers to memory that is not theirs. When there are any, `equal` is false whatever the bytes are. */
  readonly strays: readonly Stray[];
  /** Undefined on the host. */
  readonly flash?: FlashUse;
  /** Measured high-water mark of the stack during one inference; undefined on the host and after a difference. */
  readonly stackBytes?: number;
  /** Instructions of one inference; undefined where the simulator cannot count and after a difference. */
  readonly instructions?: number;
}

/**
 * @throws ModelcError `fit/*` when the model does not fit the board, `build/*`, `device/*`. A difference is not an
 *   error but a result.
 */
export async function verifyOnBoard(program: Program, assets: Assets, options: VerifyOptions): Promise<Verification> {
  const { name, board, toolchain, directory } = options;
  // without inputs all cases are the same, and the test program runs one
  const cases = program.graph.inputs.length === 0 ? [[]] : options.cases;
  const { traces, strays } = await traceOnBoard(
    program,
    assets,
    { ...options, cases },
    {
      targets: ['firmware.elf', 'verify.elf'],
      countInstructions: true,
    },
  );
  options.onProgress?.('compare');
  const compared = compareTraces(program, cases.slice(0, traces.length), traces);
  const verdict = { ...compared, equal: compared.equal && strays.length === 0 };
  const flash = measureFlash(directory, board, name);
  return {
    board: board.name,
    toolchain: toolchain.name,
    cases: cases.length,
    strays,
    ...verdict,
    layers: withInstructions(verdict.layers, board, traces[0] ?? []),
    ...(flash === undefined ? {} : { flash }),
    // the example application refuses to run a model that fails its self-test
    ...(verdict.equal ? await measure(program, options) : {}),
  };
}

/** Runs the example application: self-test, instructions and stack of one inference. */
async function measure(
  program: Program,
  options: VerifyOptions,
): Promise<Pick<Verification, 'stackBytes' | 'instructions'>> {
  const { board, directory, timeoutMs, signal } = options;
  options.onProgress?.('measure');
  const result = await runProgram(board, directory, 'firmware.elf', {
    cwd: directory,
    timeoutMs,
    countInstructions: true,
    ...(signal === undefined ? {} : { signal }),
  });
  const number = (label: string) => Number(new RegExp(`^${label} (\\d+)`, 'm').exec(result.stdout)?.[1]);
  if (board.memory.length === 0) return {};
  const stackBytes = number('stack');
  if (stackBytes > stackBound(program)) {
    throw new Error(`the stack of ${stackBytes} bytes exceeds the promised ${stackBound(program)}, please report this`);
  }
  const instructions = ticksToInstructions(board, number('ticks'));
  return { stackBytes, ...(instructions === undefined ? {} : { instructions }) };
}

/** Adds what each layer cost in the first case. Every event is converted by itself: sums of ticks round differently. */
function withInstructions(
  layers: readonly LayerVerdict[],
  board: Board,
  records: readonly TraceRecord[],
): readonly LayerVerdict[] {
  if (board.counter === undefined || records.length === 0) return layers;
  const costs = new Map<number, number>();
  for (const { layer, ticks } of records) {
    costs.set(layer, (costs.get(layer) ?? 0) + (ticksToInstructions(board, ticks) ?? 0));
  }
  return layers.map((layer) => ({ ...layer, instructions: costs.get(layer.index) ?? 0 }));
}
