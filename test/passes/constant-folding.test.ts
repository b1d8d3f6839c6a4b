import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Graph } from '../../src/ir/graph.js';
import { findOperator, prepareGraph } from '../../src/operators/registry.js';
import { foldConstants } from '../../src/passes/constant-folding.js';
import { describeCase } from '../operators/support/evaluate.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase, type OperatorCase } from '../operators/support/operator-case.js';

const quantization = { scale: 1, zeroPoint: 0 };
const names = ({ operators }: Graph) => operators.map(({ name }) => name);
const values = (graph: Graph, index: number) => [...(graph.tensors[index]?.data ?? [])];
const files = await loadCases();

/** The case with its inputs written into the model: everything is constant. */
function frozen({ graph, inferences }: OperatorCase): Graph {
  const tensors = graph.tensors.map((tensor) => {
    const slot = graph.inputs.indexOf(tensor.index);
    const data = slot < 0 ? tensor.data : inferences[0]?.[slot];
    return data === undefined ? tensor : { ...tensor, data };
  });
  return { ...graph, tensors, inputs: [] };
}

describe('foldConstants', () => {
  it('leaves an operator with effects to run time, even without inputs', () => {
    const builder = new GraphBuilder();
    const [a, b] = [1, 2].map((value) => builder.tensor({ shape: [1], quantization }, Int8Array.of(value)));
    const sum = builder.tensor({ shape: [1], quantization });
    builder.operator('ADD', [a as number, b as number], [sum]);
    const graph = builder.build([sum]);
    const find = (name: string) => {
      const module = findOperator(name);
      return module === undefined ? undefined : { ...module, traits: { effects: true as const } };
    };
    expect(names(foldConstants(graph, find))).toEqual(['ADD']);
    expect(names(foldConstants(graph))).toEqual([]);
  });

  it.each(files)('gives the outputs that running gives: $file', ({ cases }) => {
    for (let number = 0; number < 10; number++) {
      const subject = makeCase(cases, 21, number);
      const wanted = interpret(subject.graph, prepareGraph(subject.graph), subject.inferences[0] ?? []).outputs;
      const folded = foldConstants(frozen(subject));
      expect(names(folded), describeCase(subject)).toEqual([]);
      expect(folded.outputs.map((index) => folded.tensors[index]?.data)).toEqual(wanted);
    }
  });

  it('folds SHAPE of a tensor computed at run time, and all that follows from it', () => {
    const builder = new GraphBuilder();
    const image = builder.input({ shape: [2, 3, 4], quantization });
    const shape = builder.tensor({ type: 'int32', shape: [3] });
    const [begin, end, step] = [[0], [1], [1]].map((list) => builder.integers(list));
    const batch = builder.tensor({ type: 'int32', shape: [] });
    const rest = builder.integers([-1], []);
    const target = builder.tensor({ type: 'int32', shape: [2] });
    const flat = builder.tensor({ shape: [2, 12], quantization });
    builder.operator('SHAPE', [image], [shape]);
    builder.operator('STRIDED_SLICE', [shape, begin as number, end as number, step as number], [batch], {
      shrink_axis_mask: 1,
    });
    builder.operator('PACK', [batch, rest], [target], { axis: 0, values_count: 2 });
    builder.operator('RESHAPE', [image, target], [flat]);
    const folded = foldConstants(builder.build([flat]));
    expect(names(folded)).toEqual(['RESHAPE']);
    expect(values(folded, target)).toEqual([2, 0, 0, 0, 255, 255, 255, 255]);
  });

  it('leaves operators that an input reaches, in their order, and the graph as it was', () => {
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [2], quantization });
    const [c, folded, sum, y] = [0, 1, 2, 3].map((i) =>
      builder.tensor({ shape: [2], quantization }, i === 0 ? Int8Array.of(-1, 5) : undefined),
    ) as [number, number, number, number];
    builder.operator('RELU', [c], [folded]);
    builder.operator('ADD', [x, folded], [sum]);
    builder.operator('RELU6', [sum], [y]);
    const graph = builder.build([y]);
    const result = foldConstants(graph);
    expect(names(result)).toEqual(['ADD', 'RELU6']);
    expect(result.operators.map(({ index }) => index)).toEqual([1, 2]);
    expect(values(result, folded)).toEqual([0, 5]);
    expect(graph.tensors[folded]?.data).toBeUndefined();
    expect(names(graph)).toEqual(['RELU', 'ADD', 'RELU6']);
    expect(foldConstants(result)).toBe(result);
  });

  it('leaves operators it does not know and operators with a mistake, which are reported later', () => {
    const builder = new GraphBuilder();
    const c = builder.tensor({ shape: [2], quantization }, Int8Array.of(1, 2));
    const [a, b] = [0, 1].map(() => builder.tensor({ shape: [3], quantization })) as [number, number];
    builder.operator('CUSTOM:Filter', [c], [a]);
    builder.operator('RELU', [c], [b]);
    expect(names(foldConstants(builder.build([a, b])))).toEqual(['CUSTOM:Filter', 'RELU']);
  });

  it('leaves constants that would grow beyond a megabyte', () => {
    const pad = (amount: number) => {
      const builder = new GraphBuilder();
      const c = builder.tensor({ shape: [1], quantization }, Int8Array.of(1));
      const y = builder.tensor({ shape: [1 + amount], quantization });
      builder.operator('PAD', [c, builder.integers([0, amount], [1, 2])], [y]);
      return names(foldConstants(builder.build([y])));
    };
    expect(pad(1000)).toEqual([]);
    expect(pad(2 ** 20)).toEqual(['PAD']);
  });
});
