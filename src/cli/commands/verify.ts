/** `modelc verify`: the proof that boards compute what the model means. */
import { join } from 'node:path';
import { lowerForBoards, type PreparedModel, prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import type { PixelRange } from '../../inputs/bind.js';
import { type BoardOutcome, verifyReport, verifyText } from '../../report/verify.js';
import { requireSimulator } from '../../simulators/run-firmware.js';
import { isSimulated } from '../../targets/board.js';
import { type BoardCatalogue, resolveBoard } from '../../targets/load-boards.js';
import { extremeCases, randomCases, type TestCase } from '../../verify/test-cases.js';
import { verifyOnBoard } from '../../verify/verify.js';
import { defaultTimeoutSeconds } from '../arguments.js';
import { selectBoards, selectionName } from '../board-selection.js';
import { inFile, readModelFile, withTemporaryFolder } from '../files.js';
import { readCases } from '../input-files.js';
import { compileOptions, type ModelArguments, modelArguments, wishesOf } from '../model-options.js';
import { forProject, loadProject, type ProjectOption, requireNoProject } from '../project-file.js';
import { argumentError, type TargetArguments } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export interface VerifyArguments extends ModelArguments {
  readonly board: string;
  readonly input: readonly string[];
  readonly pixels?: PixelRange;
  readonly random?: number;
  readonly seed: number;
  readonly name?: string;
  /** Keeps the projects in this folder, one subfolder for each board and toolchain. */
  readonly keep?: string;
  /** Seconds for each program. */
  readonly timeout: number;
}

const defaultRandomCases = 3;

const defaults = { input: [], seed: 1, timeout: defaultTimeoutSeconds } as const;

export async function verify(
  session: Session,
  model: string | undefined,
  options: Partial<VerifyArguments> & ProjectOption,
): Promise<Outcome> {
  const { board, project, ...rest } = options;
  if (model === undefined) {
    const loaded = loadProject(session, project === undefined ? {} : { project });
    return forProject('verify', loaded, (own, file, { name, ...target }) =>
      verifyModel(own, file, {
        ...defaults,
        ...modelArguments(target),
        ...rest,
        name,
        board: board ?? simulatedBoard(own.boards(), target),
      }),
    );
  }
  requireNoProject(options);
  if (board === undefined) {
    throw argumentError('No board is given.', 'Name boards with --board, for example --board host,mps2-an386.');
  }
  return verifyModel(session, model, { ...defaults, ...rest, board });
}

/** A board to verify on for what a project is compiled for: itself, or the first simulated one with its processor. */
function simulatedBoard(catalogue: BoardCatalogue, { board, cpu }: TargetArguments): string {
  const selection = board === undefined ? undefined : resolveBoard(catalogue, board);
  if (board !== undefined && selection !== undefined && isSimulated(selection.board)) return board;
  const processor = selection?.board.cpu ?? cpu;
  const simulated = catalogue.boards.filter(isSimulated);
  return (
    simulated.find((candidate) => candidate.cpu === processor && candidate.simulator.kind === 'qemu')?.name ?? 'host'
  );
}

async function verifyModel(session: Session, model: string, options: VerifyArguments): Promise<Outcome> {
  const selections = selectBoards(session.boards(), options.board, true).map(requireSimulator);
  const { path, bytes, name } = readModelFile(model, options.name);
  const prepared = inFile(path, () => prepareModel(bytes, compileOptions(options)));
  const lowerFor = lowerForBoards(prepared, wishesOf(options));
  const cases = await testCases(prepared, options);
  const assets = session.assets();
  const outcomes = await withFolder(options.keep, async (root) => {
    const done: BoardOutcome[] = [];
    for (const selection of selections) {
      const program = inFile(path, () => lowerFor(selection.board));
      const result = verifyOnBoard(program, assets, {
        name,
        ...selection,
        cases: cases.map(({ inputs }) => inputs),
        directory: join(root, `${selection.board.name}-${selection.toolchain.name}`),
        timeoutMs: options.timeout * 1000,
        signal: session.signal,
        onProgress: (step) => session.progress(`${selectionName(selection)}: ${step}`),
      });
      done.push({ selection, program, result: await result.catch(boardFailure) });
      session.signal.throwIfAborted();
    }
    return done;
  });
  const report = verifyReport({ prepared, name, cases, outcomes });
  return { report, text: (style) => verifyText(style, report) };
}

/** What keeps one board from being verified does not keep the others. */
function boardFailure(error: unknown): ModelcError {
  if (error instanceof ModelcError && !error.problems.some(({ code }) => code.startsWith('usage/'))) return error;
  throw error;
}

function withFolder<T>(kept: string | undefined, action: (directory: string) => Promise<T>): Promise<T> {
  return kept === undefined ? withTemporaryFolder(action) : action(kept);
}

/** Given inputs replace the default ones; random ones are added when they are asked for. */
async function testCases(prepared: PreparedModel, options: VerifyArguments): Promise<readonly TestCase[]> {
  const { input, pixels, random, seed } = options;
  const { graph } = prepared;
  if (graph.inputs.length === 0 && input.length === 0) return [{ name: 'no inputs', inputs: [] }];
  if (input.length === 0) return [...randomCases(graph, random ?? defaultRandomCases, seed), ...extremeCases(graph)];
  return [...(await readCases(prepared, input, pixels)), ...randomCases(graph, random ?? 0, seed)];
}
