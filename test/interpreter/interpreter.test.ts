import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/interpreter/interpreter.js';
import { toBytes } from '../../src/ir/element-type.js';
import { type Graph, type Tensor, tensorBytes } from '../../src/ir/graph.js';
import { prepareGraph } from '../../src/operators/registry.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { makeTensor } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

const quantization = { scale: 1, zeroPoint: 0 };
const int8 = (...values: number[]) => toBytes(Int8Array.from(values));

function run(graph: Graph, inputs: readonly Uint8Array[], keepTensors = false) {
  return interpret(graph, prepareGraph(graph), inputs, { keepTensors });
}
const numbers = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : [...new Int8Array(bytes)]);

/** (a + b) · constant, then RELU; outputs are the RELU's and the sum. */
function arithmetic(): Graph {
  const builder = new GraphBuilder();
  const a = builder.input({ shape: [3], quantization });
  const b = builder.input({ shape: [3], quantization });
  const factor = builder.tensor({ shape: [3], quantization }, Int8Array.of(1, -2, 3));
  const [sum, product, positive] = [0, 1, 2].map(() => builder.tensor({ shape: [3], quantization }));
  builder.operator('ADD', [a, b], [sum as number]);
  builder.operator('MUL', [sum as number, factor], [product as number]);
  builder.operator('RELU', [product as number], [positive as number]);
  return builder.build([positive as number, sum as number]);
}

describe('interpret', () => {
  it('computes outputs in the order of the graph', () => {
    const { outputs } = run(arithmetic(), [int8(1, 2, 100), int8(10, -20, 100)]);
    // 200 saturates in the sum, 3 · 127 in the product
    expect(outputs.map(numbers)).toEqual([
      [11, 36, 127],
      [11, -18, 127],
    ]);
  });

  it('keeps what every operator wrote when asked, and nothing else', () => {
    const inputs = [int8(1, 2, 3), int8(1, 1, 1)];
    const { tensors } = run(arithmetic(), inputs, true);
    expect([...tensors].map(([index, bytes]) => [index, numbers(bytes)])).toEqual([
      [3, [2, 3, 4]],
      [4, [2, -6, 12]],
      [5, [2, 0, 12]],
    ]);
    expect(run(arithmetic(), inputs).tensors.size).toBe(0);
  });

  it('depends on the order of inputs, not on their tensor numbers', () => {
    const graph = arithmetic();
    const swapped = { ...graph, operators: [{ ...graph.operators[0], inputs: [0, 2] }, ...graph.operators.slice(1)] };
    const run0 = (inputs: readonly number[], bytes: Uint8Array[]) =>
      numbers(run({ ...(swapped as Graph), inputs }, bytes).outputs[1]);
    expect(run0([0, 1], [int8(5, 5, 5), int8(9, 9, 9)])).toEqual([6, 3, 8]);
    expect(run0([1, 0], [int8(5, 5, 5), int8(9, 9, 9)])).toEqual([10, 7, 12]);
  });

  it('leaves inputs and constants as they were', () => {
    const graph = arithmetic();
    const inputs = [int8(1, 2, 3), int8(4, 5, 6)];
    run(graph, inputs);
    expect(inputs.map(numbers)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(numbers(graph.tensors[2]?.data)).toEqual([1, -2, 3]);
  });

  it('gives inputs and constants that are outputs back', () => {
    const tensors = [makeTensor(0), makeTensor(1, { data: int8(4, 3, 2, 1) })];
    const graph: Graph = { name: 'main', tensors, operators: [], inputs: [0], outputs: [1, 0, 0] };
    expect(run(graph, [int8(9, 8, 7, 6)]).outputs.map(numbers)).toEqual([
      [4, 3, 2, 1],
      [9, 8, 7, 6],
      [9, 8, 7, 6],
    ]);
  });

  it('takes inputs at any address', () => {
    const builder = new GraphBuilder();
    const from = builder.input({ type: 'int64', shape: [2] });
    const to = builder.tensor({ type: 'int64', shape: [2, 1] });
    builder.operator('RESHAPE', [from], [to]);
    const bytes = new Uint8Array(17).map((_, i) => i).subarray(1);
    expect(run(builder.build([to]), [bytes]).outputs[0]).toEqual(bytes);
  });

  it.each([
    ['fewer inputs', [int8(1, 2, 3)], /has 2 inputs, 1 were given/],
    ['more inputs', [int8(1, 2, 3), int8(1, 2, 3), int8(1, 2, 3)], /has 2 inputs, 3 were given/],
    ['an input that is too short', [int8(1, 2, 3), int8(1, 2)], /Input 1 "tensor 1" is int8 \[3\] = 3 bytes, 2 were/],
    ['an input that is too long', [int8(1, 2, 3, 4), int8(1, 2, 3)], /Input 0 .*3 bytes, 4 were/],
    ['an empty input', [int8(), int8(1, 2, 3)], /Input 0 .*3 bytes, 0 were/],
  ])('refuses %s', (_, inputs, message) => {
    expect(problemsOf(() => run(arithmetic(), inputs))).toMatchObject([
      { code: 'usage/argument', message: expect.stringMatching(message) },
    ]);
  });

  it('refuses inputs of a type it does not compute with', () => {
    const graph: Graph = {
      name: 'main',
      tensors: [makeTensor(0, { type: 'string' })],
      operators: [],
      inputs: [0],
      outputs: [],
    };
    expect(problemsOf(() => run(graph, [int8(1, 2, 3, 4)]))).toMatchObject([{ code: 'usage/argument' }]);
  });

  it('does not run a graph that reads what nothing wrote', () => {
    const graph = arithmetic();
    const later = { ...graph, operators: [...graph.operators].reverse() };
    expect(() => run(later, [int8(1, 2, 3), int8(1, 2, 3)])).toThrow('read before it is written');
  });

  it('drops a tensor only after its last reader', () => {
    // x is read by the first and the last operator
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [2], quantization });
    const [a, b, c] = [0, 1, 2].map(() => builder.tensor({ shape: [2], quantization })) as [number, number, number];
    builder.operator('RELU', [x], [a]);
    builder.operator('ADD', [a, a], [b]);
    builder.operator('ADD', [b, x], [c]);
    expect(numbers(run(builder.build([c]), [int8(-5, 7)]).outputs[0])).toEqual([-5, 21]);
  });
});

describe('tensorBytes', () => {
  it.each([
    ['int8', [1, 2, 3], 6],
    ['int64', [3], 24],
    ['float32', [], 4],
    ['bool', [0, 9], 0],
  ] as const)('%s %j takes %i bytes', (type, shape, bytes) => {
    expect(tensorBytes({ ...(makeTensor(0) as Tensor), type, shape })).toBe(bytes);
  });
});
