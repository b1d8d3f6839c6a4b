/** `modelc run`: one inference, in the interpreter or on a board. */
import { lowerForBoards, type PreparedModel, prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import { interpret } from '../../interpreter/interpreter.js';
import { runReport, runText } from '../../report/run.js';
import { requireSimulator } from '../../simulators/run-firmware.js';
import { resolveBoard } from '../../targets/load-boards.js';
import { runOnBoard } from '../../verify/run-on-board.js';
import { givenCases } from '../../verify/test-cases.js';
import { compileOptions, type ModelArguments, selectionName } from '../arguments.js';
import { inFile, readInputFile, readModelFile, withTemporaryFolder, writeOutputs } from '../files.js';
import type { Outcome, Session } from '../session.js';

export interface RunArguments extends ModelArguments {
  readonly on: string;
  readonly input: readonly string[];
  readonly output: string;
  /** Seconds. */
  readonly timeout: number;
}

export async function run(session: Session, model: string, options: RunArguments): Promise<Outcome> {
  const { path, bytes, name } = readModelFile(model);
  const selection =
    options.on === 'interpreter' ? undefined : requireSimulator(resolveBoard(session.boards(), options.on));
  const prepared = inFile(path, () => prepareModel(bytes, compileOptions(options)));
  const inputs = readInputs(prepared, options.input);
  const outputs =
    selection === undefined
      ? interpret(prepared.graph, prepared.layers, inputs).outputs
      : await withTemporaryFolder(async (directory) => {
          const [first] = await runOnBoard(lowerForBoards(prepared)(selection.board), session.assets(), {
            name,
            ...selection,
            cases: [inputs],
            directory,
            timeoutMs: options.timeout * 1000,
            signal: session.signal,
            onProgress: (step) => session.progress(`${selectionName(selection)}: ${step}`),
          });
          return first as readonly Uint8Array[];
        });
  const files = writeOutputs(options.output, outputs);
  const on = selection === undefined ? 'interpreter' : selectionName(selection);
  const report = runReport({ prepared, name, on, outputs, files });
  return { report, text: (style) => runText(style, report) };
}

/** The tensors of one inference. */
function readInputs({ graph }: PreparedModel, paths: readonly string[]): readonly Uint8Array[] {
  if (paths.length !== graph.inputs.length) {
    throw new ModelcError({
      code: 'usage/argument',
      message: `The model has ${graph.inputs.length} inputs, ${paths.length} files were given.`,
      remedy: "Give one raw little-endian file per input, in the model's order, after --input.",
      place: {},
    });
  }
  const files = paths.map((path) => ({ path, bytes: readInputFile(path) }));
  return files.length === 0 ? [] : (givenCases(graph, files)[0]?.inputs ?? []);
}
