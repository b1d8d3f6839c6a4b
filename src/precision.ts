/** What a model computes with, and what to say about one that does not compute with int8. */
import type { Problem } from './errors.js';
import type { ElementType } from './ir/element-type.js';
import type { Graph, Operator } from './ir/graph.js';

/** Element types of the activations and the weights of all operators with weights; of all operators without any. */
interface Precision {
  readonly activations: ElementType;
  readonly weights?: ElementType;
  readonly operators: number;
}

/** Operators whose second input is their weights, and its first the activations. */
const weighted = new Set([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'FULLY_CONNECTED',
  'CONV_3D',
  'UNIDIRECTIONAL_SEQUENCE_LSTM',
]);
/** Here activations come third. */
const transposed = new Set(['TRANSPOSE_CONV', 'CONV_3D_TRANSPOSE']);

/** Undefined when operators differ, as they do in a model that is quantised in part. */
function precisionOf(graph: Graph): Precision | undefined {
  const typeOf = (index: number | undefined) => graph.tensors[index ?? -1]?.type;
  const slots = graph.operators.flatMap(({ name, inputs }) => {
    if (weighted.has(name)) return [[typeOf(inputs[0]), storedType(graph, inputs[1])] as const];
    return transposed.has(name) ? [[typeOf(inputs[2]), storedType(graph, inputs[1])] as const] : [];
  });
  const pairs = slots.length > 0 ? slots : graph.operators.map(({ outputs }) => [typeOf(outputs[0])] as const);
  const [activations, weights] = pairs[0] ?? [];
  if (activations === undefined || !pairs.every((pair) => pair[0] === activations && pair[1] === weights))
    return undefined;
  return { activations, ...(weights === undefined ? {} : { weights }), operators: slots.length };
}

/** The type of weights as the file has them: float16 and sparse ones are expanded by an operator first. */
function storedType({ tensors, operators }: Graph, index: number | undefined): ElementType | undefined {
  const tensor = tensors[index ?? -1];
  if (tensor === undefined || tensor.data !== undefined) return tensor?.type;
  const expands = ({ name, outputs }: Operator) =>
    (name === 'DEQUANTIZE' || name === 'DENSIFY') && outputs.includes(tensor.index);
  return tensors[operators.find(expands)?.inputs[0] ?? -1]?.type ?? tensor.type;
}

const integers =
  'converter.optimizations = [tf.lite.Optimize.DEFAULT], converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]';
const calibrate = `Convert it again with converter.representative_dataset, ${integers}; docs/models.md of modelc has all of it.`;

/** What the model is, in words, and the way to int8; undefined for int8 and for what is too odd to be named. */
function describePrecision({ activations, weights }: Precision): { what: string; remedy: string } | undefined {
  const found = weights === undefined ? `activations ${activations}` : `weights ${weights}, activations ${activations}`;
  if (activations === 'float32') {
    if (weights === undefined || weights === 'float32') return { what: `${found}: not quantised`, remedy: calibrate };
    if (weights === 'float16') return { what: `${found}: float16 quantised`, remedy: calibrate };
    return { what: `${found}: dynamic-range quantised, which computes in float`, remedy: calibrate };
  }
  if (activations === 'int16') {
    const remedy = `Convert it again without OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8: ${integers}.`;
    return { what: `${found}: 16×8 quantised`, remedy };
  }
  if (activations === 'uint8') {
    return {
      what: `${found}: quantised as TensorFlow 1 did`,
      remedy: `Convert the float model with TensorFlow 2: ${calibrate.charAt(0).toLowerCase()}${calibrate.slice(1)}`,
    };
  }
  if (weights === 'int4') {
    return { what: `${found}: 4-bit weights`, remedy: 'Convert it again with 8-bit weights.' };
  }
  return undefined;
}

/** Problems that follow from a model not being int8. Those before them say what it is. */
export function followsFromPrecision({ code, place }: Problem): boolean {
  return (
    (code === 'model/unsupported-type' || code === 'model/unsupported-quantization') && place.operator !== undefined
  );
}

/** The problems of a graph, with one in front that says what the model is when it is the reason of others. */
export function withPrecision(graph: Graph, problems: readonly Problem[]): readonly Problem[] {
  const precision = precisionOf(graph);
  const described = precision === undefined ? undefined : describePrecision(precision);
  if (described === undefined || !problems.some(followsFromPrecision)) return problems;
  const message = `The model is not int8: ${described.what}.`;
  return [{ code: 'model/not-int8', message, remedy: described.remedy, place: {} }, ...problems];
}
