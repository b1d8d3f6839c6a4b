/** Sound models with one thing changed: each compiles, or says where it is wrong. Never anything else. */
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { ModelcError } from '../../src/errors.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { elementTypes } from '../../src/ir/element-type.js';
import { type Graph, type Operator, type Tensor, tensorBytes } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { generateForHost } from '../codegen/generate.js';
import { describeCase } from '../operators/support/evaluate.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase } from '../operators/support/operator-case.js';
import { fuzzOptionsFromEnvironment } from '../support/fuzz.js';
import { makeModel } from '../support/models.js';
import { createRandom, type Random } from '../support/random.js';

const files = await loadCases();
const { seed } = fuzzOptionsFromEnvironment();
console.log(`MODELC_FUZZ_SEED=${seed}`);

function changeTensor(graph: Graph, random: Random, change: (tensor: Tensor) => Tensor): Graph {
  const index = random.below(graph.tensors.length);
  return { ...graph, tensors: graph.tensors.map((tensor) => (tensor.index === index ? change(tensor) : tensor)) };
}

function changeOperator(graph: Graph, random: Random, change: (operator: Operator) => Operator): Graph {
  const chosen = random.below(graph.operators.length);
  return {
    ...graph,
    operators: graph.operators.map((operator, position) => (position === chosen ? change(operator) : operator)),
  };
}

/** The shape with one extent changed, one dimension more or one fewer. */
function changeShape(shape: readonly number[], random: Random): number[] {
  const axis = random.below(Math.max(1, shape.length));
  const extent = random.pick([0, 1, 2, 3, 17]);
  return random.pick([
    shape.map((old, i) => (i === axis ? extent : old)),
    [...shape.slice(0, axis), extent, ...shape.slice(axis)],
    shape.filter((_, i) => i !== axis),
  ]);
}

const mutations: Readonly<Record<string, (graph: Graph, random: Random) => Graph>> = {
  'an omitted input': (graph, random) =>
    changeOperator(graph, random, (operator) => {
      const slot = random.below(operator.inputs.length);
      return { ...operator, inputs: operator.inputs.map((input, i) => (i === slot ? -1 : input)) };
    }),
  'fewer inputs': (graph, random) =>
    changeOperator(graph, random, (operator) => ({ ...operator, inputs: operator.inputs.slice(0, -1) })),
  'no options': (graph, random) => changeOperator(graph, random, (operator) => ({ ...operator, options: {} })),
  'another number in an option': (graph, random) =>
    changeOperator(graph, random, (operator) => {
      const numbers = Object.keys(operator.options).filter((name) => typeof operator.options[name] === 'number');
      if (numbers.length === 0) return operator;
      const value = random.pick([-1, 0, 1, 2, 7, 127]);
      return { ...operator, options: { ...operator.options, [random.pick(numbers)]: value } };
    }),
  'another type': (graph, random) =>
    changeTensor(graph, random, ({ data: _, ...tensor }) => ({ ...tensor, type: random.pick(elementTypes) })),
  'another shape': (graph, random) =>
    changeTensor(graph, random, ({ data: _, ...tensor }) => ({ ...tensor, shape: changeShape(tensor.shape, random) })),
  'another shape of a constant, with bytes to fill it': (graph, random) =>
    changeTensor(graph, random, (tensor) => {
      if (tensor.data === undefined) return tensor;
      const shape = changeShape(tensor.shape, random);
      const data = Uint8Array.from({ length: tensorBytes({ ...tensor, shape }) }, (_, i) => tensor.data?.[i] ?? 0);
      return { ...tensor, shape, data };
    }),
  'other values in a constant': (graph, random) =>
    changeTensor(graph, random, (tensor) =>
      tensor.data === undefined
        ? tensor
        : {
            ...tensor,
            data: tensor.data.map((byte) => (random.below(3) === 0 ? random.pick([0, 1, 0x7f, 0xff]) : byte)),
          },
    ),
  'no quantisation': (graph, random) => changeTensor(graph, random, ({ quantization: _, ...tensor }) => tensor),
  'another quantisation': (graph, random) =>
    changeTensor(graph, random, (tensor) => {
      const count = random.below(4) + 1;
      const scales = Array.from({ length: count }, () => random.pick([0, 1, -1, 2 ** -126, 2 ** 127, 0.1]));
      const zeroPoints = scales.map(() => random.pick([0, 0, 1, -128, 128, 70_000]));
      return { ...tensor, quantization: { scales: scales.map(Math.fround), zeroPoints, axis: random.below(5) } };
    }),
};

/** Constants that lost their bytes become inputs of the model. */
function withInputs(graph: Graph): Graph {
  const written = new Set([...graph.inputs, ...graph.operators.flatMap(({ outputs }) => outputs)]);
  const bare = graph.tensors.filter(({ index, data }) => data === undefined && !written.has(index));
  return { ...graph, inputs: [...graph.inputs, ...bare.map(({ index }) => index)] };
}

/** What is wrong with the way in which a model ends; undefined when it ends well. */
function outcome(graph: Graph): string | undefined {
  try {
    const compiled = compileModel(writeModel(makeModel([graph])));
    const inputs = compiled.graph.inputs.map((i) => new Uint8Array(tensorBytes(compiled.graph.tensors[i] as Tensor)));
    interpret(compiled.graph, compiled.layers, inputs);
    generateForHost(compiled);
    return undefined;
  } catch (error) {
    if (!(error instanceof ModelcError)) return (error as Error).stack;
    const vague = error.problems.filter(
      ({ code, place }) => code !== 'model/not-int8' && place.operator === undefined && place.tensor === undefined,
    );
    return vague.length === 0 ? undefined : `without a place: ${error.message}`;
  }
}

describe.each(files)('models of $file', ({ cases }) => {
  it('compile or are refused with a place after one change', () => {
    const random = createRandom(seed);
    const wrong: string[] = [];
    for (const [name, mutate] of Object.entries(mutations)) {
      for (let number = 0; number < 4; number++) {
        const subject = makeCase(cases, seed, number);
        const graph = withInputs(mutate(subject.graph, random));
        const bad = outcome(graph);
        if (bad !== undefined) wrong.push(`${name}: ${bad}\n${describeCase({ ...subject, graph })}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
