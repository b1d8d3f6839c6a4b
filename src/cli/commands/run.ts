/** `modelc run`: one inference, in the interpreter or on a board. */
import { prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import type { PixelRange } from '../../inputs/bind.js';
import { runReport, runText } from '../../report/run.js';
import { inFile, readModelFile, writeOutputs } from '../files.js';
import { infer, inferencePlace } from '../inference.js';
import { readCases } from '../input-files.js';
import { readLabels } from '../labels.js';
import { compileOptions, type ModelArguments, wishesOf } from '../model-options.js';
import type { Outcome, Session } from '../session.js';

export interface RunArguments extends ModelArguments {
  readonly on: string;
  readonly input: readonly string[];
  readonly pixels?: PixelRange;
  readonly labels?: string;
  /** How many of the greatest elements of an output to name. */
  readonly top: number;
  /** Folder for the outputs; they are not written without one. */
  readonly output?: string;
  /** Seconds. */
  readonly timeout: number;
}

export async function run(session: Session, model: string, options: RunArguments): Promise<Outcome> {
  const { path, bytes, name } = readModelFile(model);
  const place = inferencePlace(session, options.on);
  const prepared = inFile(path, () => prepareModel(bytes, compileOptions(options)));
  const labels = options.labels === undefined ? {} : { labels: readLabels(options.labels) };
  const isEmpty = prepared.graph.inputs.length === 0 && options.input.length === 0;
  const cases = isEmpty ? [{ inputs: [] }] : await readCases(prepared, options.input, options.pixels);
  if (cases.length !== 1) {
    throw new ModelcError({
      code: 'usage/argument',
      message: `The model has ${prepared.graph.inputs.length} inputs, ${options.input.length} files were given.`,
      remedy: "Give one file for each input, in the model's order, after --input; `modelc evaluate` runs many samples.",
      place: {},
    });
  }
  const inputs = cases.map((single) => single.inputs);
  const [outputs = []] = await infer(session, prepared, place, name, inputs, options.timeout, wishesOf(options));
  const files = options.output === undefined ? [] : writeOutputs(options.output, outputs);
  const report = runReport({ prepared, name, on: place.on, outputs, files, ...labels, top: options.top });
  return { report, text: (style) => runText(style, report) };
}
