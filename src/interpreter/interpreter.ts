/**
 * The meaning of a graph in executable form: runs the operators' reference evaluation one after another.
 * Slow and plain on purpose; every generated kernel is compared with it byte for byte.
 */
import { ModelcError } from '../errors.js';
import { elementCount, fromBytes, requireComputedType, type TensorData, toBytes } from '../ir/element-type.js';
import { constantValue, type Graph, type Tensor, tensorBytes } from '../ir/graph.js';
import type { Layer } from '../operators/registry.js';

export interface Inference {
  /** Raw little-endian bytes of the graph's outputs, in order. */
  readonly outputs: readonly Uint8Array[];
  /** Bytes of every tensor an operator wrote, by tensor index. Only with `keepTensors`. */
  readonly tensors: ReadonlyMap<number, Uint8Array>;
}

export interface InterpreterOptions {
  /** Keep every intermediate tensor; otherwise a tensor is dropped after its last reader. */
  readonly keepTensors?: boolean;
}

/**
 * Runs one inference. `inputs` are raw little-endian bytes, one per graph input.
 * Throws ModelcError (`usage/argument`) when their number or sizes do not fit.
 */
export function interpret(
  graph: Graph,
  layers: readonly Layer[],
  inputs: readonly Uint8Array[],
  { keepTensors = false }: InterpreterOptions = {},
): Inference {
  const values = new Map<number, TensorData>();
  setInputs(graph, inputs, values);
  const lastUse = lastUses(graph, layers);
  const tensors = new Map<number, Uint8Array>();
  layers.forEach((layer, time) => {
    const { operator } = layer;
    const outputs = evaluateLayer(graph, layer, (index) => currentValue(graph, values, index));
    operator.outputs.forEach((index, slot) => {
      values.set(index, outputs[slot] as TensorData);
      if (keepTensors) tensors.set(index, toBytes(outputs[slot] as TensorData));
    });
    for (const index of [...operator.inputs, ...operator.outputs]) {
      if (lastUse.get(index) === time) values.delete(index);
    }
  });
  return { outputs: graph.outputs.map((index) => toBytes(currentValue(graph, values, index))), tensors };
}

/** The outputs of one layer. `read` gives the value of an input by its tensor index; omitted inputs are not asked for. */
export function evaluateLayer(
  graph: Graph,
  { operator, evaluate }: Layer,
  read: (index: number) => TensorData | undefined,
): TensorData[] {
  const outputs = operator.outputs.map((index) => allocateTensor(graph.tensors[index] as Tensor));
  const inputs = operator.inputs.map((index) => (index < 0 ? undefined : read(index)));
  evaluate(inputs, outputs);
  return outputs;
}

function setInputs(graph: Graph, inputs: readonly Uint8Array[], values: Map<number, TensorData>): void {
  if (inputs.length !== graph.inputs.length) {
    throw usage(`The model has ${graph.inputs.length} inputs, ${inputs.length} were given.`);
  }
  graph.inputs.forEach((index, slot) => {
    const tensor = graph.tensors[index] as Tensor;
    const bytes = inputs[slot] as Uint8Array;
    const value = fromBytes(tensor.type, elementCount(tensor.shape), bytes);
    if (value === undefined) {
      throw usage(
        `Input ${slot} "${tensor.name}" is ${tensor.type} [${tensor.shape}] = ${tensorBytes(tensor)} bytes, ${bytes.length} were given.`,
      );
    }
    values.set(index, value);
  });
}

function usage(message: string): ModelcError {
  return new ModelcError({
    code: 'usage/argument',
    message,
    remedy: "Give one raw little-endian file per input, in the model's order.",
    place: {},
  });
}

function allocateTensor({ type, shape }: Tensor): TensorData {
  return requireComputedType(type).allocate(elementCount(shape));
}

function currentValue(graph: Graph, values: ReadonlyMap<number, TensorData>, index: number): TensorData {
  const value = values.get(index) ?? constantValue(graph.tensors[index] as Tensor);
  if (value === undefined) throw new Error(`tensor ${index} is read before it is written`);
  return value;
}

/** For each tensor that dies during the run, the layer that uses it last. Graph outputs never die. */
function lastUses(graph: Graph, layers: readonly Layer[]): Map<number, number> {
  const last = new Map<number, number>();
  layers.forEach(({ operator }, time) => {
    for (const index of [...operator.inputs, ...operator.outputs]) last.set(index, time);
  });
  for (const index of graph.outputs) last.delete(index);
  return last;
}
