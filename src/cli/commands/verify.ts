/** `modelc verify`: the proof that boards compute what the model means. */
import { join } from 'node:path';
import { lowerForBoards, prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import type { Graph } from '../../ir/graph.js';
import { type BoardOutcome, verifyReport, verifyText } from '../../report/verify.js';
import { requireSimulator } from '../../simulators/run-firmware.js';
import { extremeCases, givenCases, randomCases, type TestCase } from '../../verify/test-cases.js';
import { verifyOnBoard } from '../../verify/verify.js';
import { compileOptions, type ModelArguments, selectBoards, selectionName } from '../arguments.js';
import { inFile, readInputFile, readModelFile, withTemporaryFolder } from '../files.js';
import type { Outcome, Session } from '../session.js';

export interface VerifyArguments extends ModelArguments {
  readonly board: string;
  readonly input: readonly string[];
  readonly random?: number;
  readonly seed: number;
  readonly name?: string;
  /** Keeps the projects in this folder, one subfolder for each board and toolchain. */
  readonly keep?: string;
  /** Seconds for each program. */
  readonly timeout: number;
}

const defaultRandomCases = 3;

export async function verify(session: Session, model: string, options: VerifyArguments): Promise<Outcome> {
  const selections = selectBoards(session.boards(), options.board, true).map(requireSimulator);
  const { path, bytes, name } = readModelFile(model, options.name);
  const prepared = inFile(path, () => prepareModel(bytes, compileOptions(options)));
  const lowerFor = lowerForBoards(prepared);
  const cases = testCases(prepared.graph, options);
  const assets = session.assets();
  const outcomes = await withFolder(options.keep, async (root) => {
    const done: BoardOutcome[] = [];
    for (const selection of selections) {
      const program = lowerFor(selection.board);
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
function testCases(graph: Graph, { input, random, seed }: VerifyArguments): readonly TestCase[] {
  if (graph.inputs.length === 0 && input.length === 0) return [{ name: 'no inputs', inputs: [] }];
  if (input.length === 0) return [...randomCases(graph, random ?? defaultRandomCases, seed), ...extremeCases(graph)];
  const given = givenCases(
    graph,
    input.map((path) => ({ path, bytes: readInputFile(path) })),
  );
  return [...given, ...randomCases(graph, random ?? 0, seed)];
}
