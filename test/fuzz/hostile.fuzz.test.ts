/**
 * Models made to exhaust time or memory: small files that state enormous work. Each must end in a result or a
 * ModelcError within the budget.
 */
import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { toBytes } from '../../src/ir/element-type.js';
import type { Graph, Operator, Tensor } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { makeModel, makeOperator, makeTensor } from '../support/models.js';
import { compileAndEmit } from './pipeline.js';

const secondsPerModel = 20;
const megabytesOfGrowth = 600;

type Shape = readonly number[];

/** Builds graphs tensor by tensor. */
class GraphBuilder {
  readonly tensors: Tensor[] = [];
  readonly operators: Operator[] = [];

  tensor(shape: Shape, changes: Partial<Tensor> = {}): number {
    this.tensors.push(makeTensor(this.tensors.length, { shape, ...changes }));
    return this.tensors.length - 1;
  }

  int32(values: readonly number[], shape: Shape = [values.length]): number {
    return this.tensor(shape, { type: 'int32', data: toBytes(Int32Array.from(values)) });
  }

  weights(shape: Shape): number {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const quantization = { scales: [0.5], zeroPoints: [0], axis: 0 };
    return this.tensor(shape, { data: new Uint8Array(count).fill(1), quantization });
  }

  operator(name: string, inputs: readonly number[], outputs: readonly number[], options: Operator['options'] = {}) {
    this.operators.push(makeOperator(this.operators.length, { name, inputs, outputs, options }));
  }

  file(inputs: readonly number[], outputs: readonly number[]): Uint8Array {
    const graph: Graph = { name: 'main', tensors: this.tensors, operators: this.operators, inputs, outputs };
    return writeModel(makeModel([graph]));
  }
}

function build(make: (graph: GraphBuilder) => { inputs: number[]; outputs: number[] }): () => Uint8Array {
  return () => {
    const graph = new GraphBuilder();
    const { inputs, outputs } = make(graph);
    return graph.file(inputs, outputs);
  };
}

/** One operator from a tensor of one shape to a tensor of another. */
function single(name: string, from: Shape, to: Shape, options: Operator['options'] = {}, constants: number[][] = []) {
  return build((graph) => {
    const input = graph.tensor(from);
    const rest = constants.map((values) => graph.int32(values));
    const output = graph.tensor(to);
    graph.operator(name, [input, ...rest], [output], options);
    return { inputs: [input], outputs: [output] };
  });
}

function chain(length: number, name = 'RELU', shape: Shape = [1, 4]) {
  return build((graph) => {
    const first = graph.tensor(shape);
    let last = first;
    for (let i = 0; i < length; i++) {
      const next = graph.tensor(shape);
      graph.operator(name, [last], [next]);
      last = next;
    }
    return { inputs: [first], outputs: [last] };
  });
}

const pool = (filter: number, padding: string) => ({
  padding,
  stride_w: 1,
  stride_h: 1,
  filter_width: filter,
  filter_height: filter,
  fused_activation_function: 'NONE',
});

const models: Readonly<Record<string, () => Uint8Array>> = {
  'a pool with 2^48 taps': single('MAX_POOL_2D', [1, 4096, 4096, 1], [1, 4096, 4096, 1], pool(65535, 'SAME')),
  'a pool over 2^26 cells': single('AVERAGE_POOL_2D', [1, 8192, 8192, 1], [1, 1, 1, 1], pool(8192, 'VALID')),
  'a mean of 2^26 values': single('MEAN', [8192, 8192], [], { keep_dims: false }, [[0, 1]]),
  '2^26 means': single('MEAN', [8192, 8192, 1], [8192, 8192], { keep_dims: false }, [[2]]),
  'a transpose of 2^26 values': single('TRANSPOSE', [8192, 8192], [8192, 8192], {}, [[1, 0]]),
  'a tensor of 2^31 bytes': single('RESHAPE', [65536, 32768], [2 ** 31 - 1, 1]),
  'a tensor of 2^217 elements': single('LOGISTIC', new Array(7).fill(2 ** 31 - 1), new Array(7).fill(2 ** 31 - 1)),
  'an empty tensor with 2^62 rows': single('LOGISTIC', [2 ** 31 - 1, 2 ** 31 - 1, 0], [2 ** 31 - 1, 2 ** 31 - 1, 0]),
  'an empty transpose with 2^27 rows': single('TRANSPOSE', [2 ** 14, 0, 2 ** 13], [2 ** 13, 2 ** 14, 0], {}, [
    [2, 0, 1],
  ]),
  'a slice with the largest strides': single('STRIDED_SLICE', [2 ** 26], [1], {}, [
    [2 ** 31 - 1],
    [-(2 ** 31)],
    [-(2 ** 31)],
  ]),
  'a pad to 2^30 bytes': build((graph) => {
    const input = graph.tensor([1, 1]);
    const amounts = graph.int32([0, 32767, 0, 32767], [2, 2]);
    const output = graph.tensor([32768, 32768]);
    graph.operator('PAD', [input, amounts], [output]);
    return { inputs: [input], outputs: [output] };
  }),
  'constant pads of 1 MB, 2000 times': build((graph) => {
    const amounts = graph.int32([0, 1023, 0, 1023], [2, 2]);
    const value = graph.weights([1, 1]);
    const padded = Array.from({ length: 2000 }, () => graph.tensor([1024, 1024]));
    for (const output of padded) graph.operator('PAD', [value, amounts], [output]);
    return { inputs: [], outputs: [padded[0] as number, padded.at(-1) as number] };
  }),
  'a broadcast to 2^26 elements': build((graph) => {
    const a = graph.tensor([8192, 1]);
    const b = graph.tensor([1, 8192]);
    const output = graph.tensor([8192, 8192]);
    graph.operator('ADD', [a, b], [output], { fused_activation_function: 'NONE' });
    return { inputs: [a, b], outputs: [output] };
  }),
  'an empty broadcast with 2^26 rows': build((graph) => {
    const a = graph.tensor([8192, 8192, 0]);
    const b = graph.tensor([1, 8192, 1]);
    const output = graph.tensor([8192, 8192, 0]);
    graph.operator('MUL', [a, b], [output], { fused_activation_function: 'NONE' });
    return { inputs: [a, b], outputs: [output] };
  }),
  '8,000 empty tensors of 2^26 rows joined': build((graph) => {
    const input = graph.tensor([2 ** 26, 0]);
    const output = graph.tensor([2 ** 26, 0]);
    graph.operator('CONCATENATION', new Array(8_000).fill(input), [output], {
      axis: 1,
      fused_activation_function: 'NONE',
    });
    return { inputs: [input], outputs: [output] };
  }),
  'a split into 8,000 parts': build((graph) => {
    const axis = graph.tensor([], { type: 'int32', data: new Uint8Array(4) });
    const input = graph.tensor([8_000]);
    const outputs = Array.from({ length: 8_000 }, () => graph.tensor([1]));
    graph.operator('SPLIT', [axis, input], outputs, { num_splits: 8_000 });
    return { inputs: [input], outputs };
  }),
  'a convolution without channels': build((graph) => {
    const input = graph.tensor([1, 8192, 8192, 1]);
    const filter = graph.weights([0, 1, 1, 1]);
    const output = graph.tensor([1, 8192, 8192, 0]);
    graph.operator('CONV_2D', [input, filter], [output], { padding: 'SAME', stride_w: 1, stride_h: 1 });
    return { inputs: [input], outputs: [output] };
  }),
  'a convolution with 2^41 MACs': build((graph) => {
    const input = graph.tensor([1, 4096, 4096, 1]);
    const filter = graph.weights([1, 512, 512, 1]);
    const output = graph.tensor([1, 4096, 4096, 1]);
    graph.operator('CONV_2D', [input, filter], [output], { padding: 'SAME', stride_w: 1, stride_h: 1 });
    return { inputs: [input], outputs: [output] };
  }),
  'a kernel of 60,000 rows': build((graph) => {
    const input = graph.tensor([1, 60_000, 1, 1]);
    const filter = graph.weights([1, 60_000, 1, 1]);
    const output = graph.tensor([1, 1, 1, 1]);
    graph.operator('CONV_2D', [input, filter], [output], { padding: 'VALID', stride_w: 1, stride_h: 1 });
    return { inputs: [input], outputs: [output] };
  }),
  '2^24 channels of one weight each': build((graph) => {
    const input = graph.tensor([1, 1, 1, 1]);
    const filter = graph.weights([2 ** 24, 1, 1, 1]);
    const output = graph.tensor([1, 1, 1, 2 ** 24]);
    graph.operator('CONV_2D', [input, filter], [output], { padding: 'VALID', stride_w: 1, stride_h: 1 });
    return { inputs: [input], outputs: [output] };
  }),
  'one matrix of 1 MB multiplied 2000 times': build((graph) => {
    const weights = graph.weights([1024, 1024]);
    const first = graph.tensor([1, 1024]);
    let last = first;
    for (let i = 0; i < 2000; i++) {
      const next = graph.tensor([1, 1024]);
      graph.operator('FULLY_CONNECTED', [last, weights], [next], { fused_activation_function: 'NONE' });
      last = next;
    }
    return { inputs: [first], outputs: [last] };
  }),
  'names of 64 KB, used 8,000 times': build((graph) => {
    const input = graph.tensor([1, 1], { name: '/**/'.repeat(16_383) });
    const output = graph.tensor([1, 8_000]);
    graph.operator('CONCATENATION', new Array(8_000).fill(input), [output], {
      axis: 1,
      fused_activation_function: 'NONE',
    });
    return { inputs: [input], outputs: [output] };
  }),
  'a chain of 2,000 operators': chain(2000),
  'a chain of 60,000 operators': chain(60_000),
  'a chain of 2,000 unknown operators': chain(2000, 'CUSTOM:x'),
  '2,000 tensors alive at once': build((graph) => {
    const input = graph.tensor([1, 4]);
    const parts = Array.from({ length: 2000 }, () => graph.tensor([1, 4]));
    const output = graph.tensor([1, 8_000]);
    for (const part of parts) graph.operator('RELU', [input], [part]);
    graph.operator('CONCATENATION', parts, [output], { axis: 1, fused_activation_function: 'NONE' });
    return { inputs: [input], outputs: [output] };
  }),
  '900 tensors alive at once': build((graph) => {
    const input = graph.tensor([1, 4]);
    const parts = Array.from({ length: 900 }, () => graph.tensor([1, 4]));
    const output = graph.tensor([1, 3_600]);
    for (const part of parts) graph.operator('RELU', [input], [part]);
    graph.operator('CONCATENATION', parts, [output], { axis: 1, fused_activation_function: 'NONE' });
    return { inputs: [input], outputs: [output] };
  }),
  '2,000 unused results of 64 KB': build((graph) => {
    const axis = graph.tensor([], { type: 'int32', data: new Uint8Array(4) });
    const input = graph.tensor([2, 32768]);
    const outputs: number[] = [];
    for (let i = 0; i < 2000; i++) {
      const [kept, dropped] = [graph.tensor([1, 32768]), graph.tensor([1, 32768])];
      graph.operator('SPLIT', [axis, input], [kept, dropped], { num_splits: 2 });
      outputs.push(kept);
    }
    return { inputs: [input], outputs };
  }),
  'shapes of shapes, 2,000 deep': build((graph) => {
    const input = graph.tensor([1, 4]);
    let last = input;
    for (let i = 0; i < 2000; i++) {
      const next = graph.tensor([i === 0 ? 2 : 1], { type: 'int32' });
      graph.operator('SHAPE', [last], [next], { out_type: 'INT32' });
      last = next;
    }
    return { inputs: [input], outputs: [last] };
  }),
};

describe('models made to exhaust time or memory', () => {
  it.each(Object.entries(models))('%s', (_, make) => {
    const bytes = make();
    const rssBefore = process.memoryUsage.rss();
    const peakBefore = process.resourceUsage().maxRSS * 1024;
    const start = performance.now();
    let outcome = 'compiled';
    try {
      compileAndEmit(bytes);
    } catch (error) {
      if (!(error instanceof ModelcError)) throw error;
      outcome = error.problems[0]?.code ?? '';
      expect(error.message.length).toBeLessThan(2_000_000);
    }
    const seconds = (performance.now() - start) / 1000;
    const peak = process.resourceUsage().maxRSS * 1024;
    const growth = (peak > peakBefore ? peak - rssBefore : 0) / 2 ** 20;
    console.log(`${outcome}, ${seconds.toFixed(1)} s, at most ${growth.toFixed(0)} MiB`);
    expect(seconds).toBeLessThan(secondsPerModel);
    expect(growth).toBeLessThan(megabytesOfGrowth);
  });
});
