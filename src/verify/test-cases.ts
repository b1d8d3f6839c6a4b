/** Inputs on which a board and the interpreter are compared. Pure: equal arguments give equal bytes. */
import { randomInputs } from '../codegen/test-vectors.js';
import { ModelcError } from '../errors.js';
import { type ComputedType, elementCount, requireComputedType, toBytes } from '../ir/element-type.js';
import { type Graph, type Tensor, tensorBytes } from '../ir/graph.js';

export interface TestCase {
  /** What the inputs are, for people: `random, seed 1`. */
  readonly name: string;
  /** Raw little-endian bytes, one array per graph input. */
  readonly inputs: readonly Uint8Array[];
}

/** `count` cases of pseudo-random inputs from the seeds `seed`, `seed` + 1, … */
export function randomCases(graph: Graph, count: number, seed: number): TestCase[] {
  const inputs = inputsOf(graph);
  return Array.from({ length: count }, (_, i) => ({
    name: `random, seed ${seed + i}`,
    inputs: randomInputs(inputs, seed + i),
  }));
}

/** Every input element at its zero point, at the least and at the greatest value of its type. */
export function extremeCases(graph: Graph): TestCase[] {
  const inputs = inputsOf(graph);
  const filled = (name: string, value: (tensor: Tensor) => number | bigint) => ({
    name,
    inputs: inputs.map((tensor) => fill(tensor, value(tensor))),
  });
  return [
    filled('all at zero point', (tensor) => (tensor.type === 'int64' ? 0n : (tensor.quantization?.zeroPoints[0] ?? 0))),
    filled('all at minimum', (tensor) => valueRange(tensor)[0]),
    filled('all at maximum', (tensor) => valueRange(tensor)[1]),
  ];
}

/**
 * Cases from files, in the order of the model's inputs; several cases when their number is a multiple of the inputs'.
 *
 * @throws ModelcError `usage/argument` when number or sizes do not fit, one problem for each file
 */
export function givenCases(
  graph: Graph,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): TestCase[] {
  const inputs = inputsOf(graph);
  const remedy = "Give one raw little-endian file per input, in the model's order.";
  if (inputs.length === 0 || files.length % inputs.length !== 0) {
    const message = `The model has ${inputs.length} inputs, ${files.length} files were given.`;
    throw new ModelcError({ code: 'usage/argument', message, remedy, place: {} });
  }
  const problems = files.flatMap(({ path, bytes }, i) => {
    const tensor = inputs[i % inputs.length] as Tensor;
    if (bytes.length === tensorBytes(tensor)) return [];
    const form = `${tensor.type} [${tensor.shape.join(', ')}]`;
    const message = `The file has ${bytes.length} bytes; input ${i % inputs.length} is ${form} and takes ${tensorBytes(tensor)}.`;
    return [{ code: 'usage/argument' as const, message, remedy, place: { file: path } }];
  });
  if (problems.length > 0) throw new ModelcError(problems);
  return Array.from({ length: files.length / inputs.length }, (_, i) => {
    const own = files.slice(i * inputs.length, (i + 1) * inputs.length);
    return { name: own.map(({ path }) => path).join(', '), inputs: own.map(({ bytes }) => bytes) };
  });
}

function inputsOf({ tensors, inputs }: Graph): Tensor[] {
  return inputs.map((index) => tensors[index] as Tensor);
}

function valueRange({ type }: Tensor): ComputedType['range'] {
  return requireComputedType(type).range;
}

function fill(tensor: Tensor, value: number | bigint): Uint8Array {
  const data = requireComputedType(tensor.type).allocate(elementCount(tensor.shape));
  // the value's kind follows from the tensor's type
  (data as { fill(value: number | bigint): unknown }).fill(value);
  return toBytes(data);
}
