/** `modelc evaluate`: accuracy on labelled samples, in the interpreter or on a board. */
import { type PreparedModel, prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import { inputError, isFloat, type NumericArray, sample } from '../../inputs/array.js';
import { bindArray, realValue } from '../../inputs/bind.js';
import { readNpz } from '../../inputs/npz.js';
import { elementCount, fromBytes } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import { evaluateReport, evaluateText } from '../../report/evaluate.js';
import { inFile, readInputFile, readModelFile } from '../files.js';
import { infer, inferencePlace } from '../inference.js';
import { chooseArrays } from '../input-files.js';
import { readLabels } from '../labels.js';
import { compileOptions, type ModelArguments, wishesOf } from '../model-options.js';
import type { Outcome, Session } from '../session.js';

export interface EvaluateArguments extends ModelArguments {
  readonly data: string;
  readonly labels?: string;
  readonly on: string;
  /** Most samples to run. */
  readonly limit?: number;
  /** Seconds for the program on a simulator. */
  readonly timeout: number;
}

/** Samples that are run on a simulated board, which is slow, when no limit is given. */
const boardSamples = 100;
/** Names of the array with the classes. */
const classArrays = ['y', 'Y', 'y_test', 'Y_test', 'labels', 'label', 'targets', 'classes'];

export async function evaluate(session: Session, model: string, options: EvaluateArguments): Promise<Outcome> {
  const { path, bytes, name } = readModelFile(model);
  const place = inferencePlace(session, options.on);
  const prepared = inFile(path, () => prepareModel(bytes, compileOptions(options)));
  const output = classifierOutput(prepared);
  const classCount = Math.max(2, elementCount(output.shape));
  const labels = options.labels === undefined ? undefined : classNames(options.labels, classCount);
  const data = inFile(options.data, () => readData(prepared, readInputFile(options.data), classCount));
  const limit = options.limit ?? (place.selection === undefined ? data.classes.length : boardSamples);
  const count = Math.min(limit, data.classes.length);
  const cases = inFile(options.data, () => Array.from({ length: count }, (_, i) => data.inputs(i)));
  const outputs = await infer(session, prepared, place, name, cases, options.timeout, wishesOf(options));
  const report = evaluateReport({
    prepared,
    name,
    on: place.on,
    available: data.classes.length,
    actual: data.classes.slice(0, count),
    predicted: outputs.map(([first]) => classOf(output, first as Uint8Array)),
    classCount,
    ...(labels === undefined ? {} : { labels }),
  });
  return { report, text: (style) => evaluateText(style, report) };
}

/** The first output, which must give one score for each class, or one probability of the second of two. */
function classifierOutput({ graph }: PreparedModel): Tensor {
  const output = graph.tensors[graph.outputs[0] ?? -1];
  const inputs = graph.inputs.map((index) => graph.tensors[index] as Tensor);
  if (output !== undefined && inputs.length > 0 && output.shape.filter((extent) => extent !== 1).length <= 1)
    return output;
  throw new ModelcError({
    code: 'usage/argument',
    message: `Its output is ${output === undefined ? 'missing' : `[${output.shape.join(', ')}]`}, which is no list of classes.`,
    remedy: 'evaluate takes classifiers of one sample at a time: convert the model with batch_size=1.',
    place: {},
  });
}

function classNames(path: string, classCount: number): readonly string[] {
  const names = readLabels(path);
  if (names.length === classCount) return names;
  throw new ModelcError({
    code: 'usage/file',
    message: `The file names ${names.length} classes; the model has ${classCount}.`,
    remedy: 'Name every class, in the order of the output.',
    place: { file: path },
  });
}

interface Data {
  readonly classes: readonly number[];
  /** The inputs of one sample. */
  readonly inputs: (index: number) => readonly Uint8Array[];
}

/** @throws ModelcError `usage/file` */
function readData(prepared: PreparedModel, bytes: Uint8Array, classCount: number): Data {
  const arrays = readNpz(bytes);
  const name = classArrays.find((candidate) => arrays.has(candidate));
  if (name === undefined) {
    throw inputError(
      `No array holds the classes; there are ${[...arrays.keys()].join(', ')}.`,
      'Call it y: numpy.savez(file, x=samples, y=classes).',
    );
  }
  const classes = classesOf(arrays.get(name) as NumericArray, classCount);
  const tensors = prepared.graph.inputs.map((index) => prepared.graph.tensors[index] as Tensor);
  const chosen = chooseArrays(prepared, arrays, [name]);
  chosen.forEach((array, slot) => {
    const { shape, type } = tensors[slot] as Tensor;
    const expected = classes.length * elementCount(shape);
    if (array.shape[0] === classes.length && array.data.length === expected) return;
    throw inputError(
      `The samples for input ${slot} are [${array.shape.join(', ')}]; ${classes.length} of ${type} [${shape.join(', ')}] are needed.`,
      'The first axis counts the samples; the others are the shape of the input, which was converted with batch_size=1.',
    );
  });
  return {
    classes,
    inputs: (index) =>
      tensors.map((tensor, slot) =>
        bindArray(tensor, sample(chosen[slot] as NumericArray, index, classes.length, tensor.shape)),
      ),
  };
}

/** Classes as numbers [n] or [n, 1], or as scores [n, classes], of which the greatest counts. */
function classesOf(array: NumericArray, classCount: number): readonly number[] {
  const [count = 0, ...rest] = array.shape;
  const width = elementCount(rest);
  if (count > 0 && width === classCount && rest.length > 0) {
    return Array.from({ length: count }, (_, i) => greatest(array.data.subarray(i * width, (i + 1) * width)));
  }
  const classes = Array.from(array.data as ArrayLike<number | bigint>, Number);
  const isValid = classes.every((value) => Number.isInteger(value) && value >= 0 && value < classCount);
  if (count > 0 && width === 1 && isValid) return classes;
  const kind = isFloat(array) ? 'real numbers' : array.type;
  throw inputError(
    `The classes are ${kind} [${array.shape.join(', ')}]; the model tells ${classCount} classes apart.`,
    `Give a whole number from 0 to ${classCount - 1} for each sample, or a row of ${classCount} scores.`,
  );
}

/** Position of the greatest value, the first of equals. */
function greatest(values: ArrayLike<number | bigint>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

/** The class a model's output says: the greatest score; of a single one, whether it is at least one half. */
function classOf(output: Tensor, bytes: Uint8Array): number {
  const codes = fromBytes(output.type, elementCount(output.shape), bytes);
  if (codes === undefined) throw new Error(`an output of type ${output.type} has no values`);
  return codes.length === 1 ? Number(realValue(output, codes[0] as number) >= 0.5) : greatest(codes);
}
