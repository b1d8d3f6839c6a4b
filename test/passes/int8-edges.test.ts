import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { toBytes } from '../../src/ir/element-type.js';
import type { Graph, Model } from '../../src/ir/graph.js';
import { withInt8Edges } from '../../src/passes/int8-edges.js';
import { readModel } from '../../src/tflite/reader.js';
import { writeModel } from '../../src/tflite/writer.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';

const quantization = { scale: 0.5, zeroPoint: 3 };

/** float → QUANTIZE → RELU → DEQUANTIZE → float. */
function floatEdges(): GraphBuilder {
  const builder = new GraphBuilder();
  const x = builder.input({ type: 'float32', shape: [4] });
  const q = builder.tensor({ shape: [4], quantization });
  const r = builder.tensor({ shape: [4], quantization });
  const y = builder.tensor({ type: 'float32', shape: [4] });
  builder.operator('QUANTIZE', [x], [q]);
  builder.operator('RELU', [q], [r]);
  builder.operator('DEQUANTIZE', [r], [y]);
  return builder;
}

function model(graph: Graph): Model {
  const signatures = [
    { key: 'serving', subgraph: 0, inputs: [{ name: 'x', tensor: 0 }], outputs: [{ name: 'y', tensor: 3 }] },
  ];
  return readModel(writeModel({ version: 3, description: '', graphs: [graph], metadata: [], signatures }));
}
const types = ({ tensors, inputs, outputs }: Graph) => [...inputs, ...outputs].map((index) => tensors[index]?.type);
const names = ({ operators }: Graph) => operators.map(({ name }) => name);
const edgesOf = (graph: Graph) => withInt8Edges(model(graph)).graphs[0] as Graph;

describe('withInt8Edges', () => {
  it('leaves both conversions to the caller, and the network computes what it did between them', () => {
    const file = model(floatEdges().build([3]));
    const bytes = writeModel(file);
    const whole = compileModel(bytes);
    const inner = compileModel(bytes, { edges: 'int8' });
    expect(names(inner.graph)).toEqual(['RELU']);
    expect(types(inner.graph)).toEqual(['int8', 'int8']);
    const floats = Float32Array.of(-9, 0.26, 1.5, 40);
    // q = round(x / 0.5) + 3
    const codes = Int8Array.of(-15, 4, 6, 83);
    const [result] = interpret(inner.graph, inner.layers, [toBytes(codes)]).outputs as [Uint8Array];
    const expected = Float32Array.from(new Int8Array(result.buffer), (code) => 0.5 * (code - 3));
    expect(interpret(whole.graph, whole.layers, [toBytes(floats)]).outputs).toEqual([toBytes(expected)]);
    expect(inner.model.signatures).toEqual([
      { key: 'serving', subgraph: 0, inputs: [{ name: 'x', tensor: 1 }], outputs: [{ name: 'y', tensor: 2 }] },
    ]);
  });

  it('leaves an input alone that something else reads, and keeps a conversion whose result is read inside', () => {
    const builder = floatEdges();
    const again = builder.tensor({ shape: [4], quantization });
    builder.operator('QUANTIZE', [0], [again]);
    const back = builder.tensor({ shape: [4], quantization });
    builder.operator('QUANTIZE', [3], [back]);
    const graph = edgesOf(builder.build([3, again, back]));
    expect(types(graph)).toEqual(['float32', 'int8', 'int8', 'int8']);
    expect(names(graph)).toEqual(['QUANTIZE', 'RELU', 'DEQUANTIZE', 'QUANTIZE', 'QUANTIZE']);
  });

  it('changes nothing in a model whose edges are int8', () => {
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [4], quantization });
    const y = builder.tensor({ shape: [4], quantization: { scale: 1, zeroPoint: 0 } });
    builder.operator('QUANTIZE', [x], [y]);
    const file = { ...model(floatEdges().build([3])), graphs: [builder.build([y])], signatures: [] };
    expect(withInt8Edges(file)).toBe(file);
  });

  it('compiles a model of which nothing remains', () => {
    const builder = new GraphBuilder();
    const x = builder.input({ type: 'float32', shape: [4] });
    const q = builder.tensor({ shape: [4], quantization });
    const y = builder.tensor({ type: 'float32', shape: [4] });
    builder.operator('QUANTIZE', [x], [q]);
    builder.operator('DEQUANTIZE', [q], [y]);
    const file = { ...model(floatEdges().build([3])), graphs: [builder.build([y])], signatures: [] };
    const { graph, layers } = compileModel(writeModel(file), { edges: 'int8' });
    expect(interpret(graph, layers, [Uint8Array.of(1, 2, 3, 4)]).outputs).toEqual([Uint8Array.of(1, 2, 3, 4)]);
  });
});
