import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Graph, Quantization } from '../../src/ir/graph.js';
import { prepareGraph } from '../../src/operators/registry.js';
import { dropConstantChannels } from '../../src/passes/constant-channels.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { createRandom } from '../support/random.js';

const never = -(2 ** 24);
const always = 2 ** 24;
const input = { scale: 0.02, zeroPoint: -3 };
const relu = { scale: 0.05, zeroPoint: -128 };
const fused = { padding: 'SAME', stride_h: 1, stride_w: 1, fused_activation_function: 'RELU' };
const random = createRandom(5);

interface Layer {
  readonly kernel?: number;
  readonly bias?: readonly number[];
  readonly zeroPoint?: number;
  readonly padding?: 'SAME' | 'VALID';
}

/** A convolution with one output channel for each bias, fused with a RELU. */
function convolution(builder: GraphBuilder, from: number, layer: Layer & { readonly bias: readonly number[] }): number {
  const { kernel = 1, bias, zeroPoint = -128, padding = 'SAME' } = layer;
  const [batch, height, width, inputs] = builder.shapeOf(from) as [number, number, number, number];
  const shape = [bias.length, kernel, kernel, inputs];
  const data = Int8Array.from({ length: bias.length * kernel * kernel * inputs }, () => random.below(255) - 127);
  const weights = builder.tensor({ shape, quantization: { scale: 0.01, zeroPoint: 0 } }, data);
  const lost = padding === 'VALID' ? kernel - 1 : 0;
  const output = builder.tensor({
    shape: [batch, height - lost, width - lost, bias.length],
    quantization: { ...relu, zeroPoint },
  });
  const biases = builder.tensor({ type: 'int32', shape: [bias.length] }, Int32Array.from(bias));
  builder.operator('CONV_2D', [from, weights, biases], [output], { ...fused, padding });
  return output;
}

/** Two convolutions; the second one sees the channels of the first. */
function pair(first: Layer & { readonly bias: readonly number[] }, second: Layer = {}): Graph {
  const builder = new GraphBuilder();
  const x = builder.input({ shape: [1, 4, 5, 2], quantization: input });
  const middle = convolution(builder, x, first);
  return builder.build([convolution(builder, middle, { bias: [10, 20, 30], ...second })]);
}

/** Shapes of the weights of all operators that have some, after a check that the graph computes the same as before. */
function filters(graph: Graph): readonly (readonly number[])[] {
  const smaller = dropConstantChannels(graph);
  for (const seed of [1, 2, 3]) {
    const bytes = createRandom(seed);
    const inputs = graph.inputs.map((index) => {
      const length = graph.tensors[index]?.shape.reduce((product, extent) => product * extent, 1) ?? 0;
      return Uint8Array.from({ length }, () => bytes.below(256));
    });
    expect(interpret(smaller, prepareGraph(smaller), inputs).outputs).toEqual(
      interpret(graph, prepareGraph(graph), inputs).outputs,
    );
  }
  return smaller.operators.flatMap(({ inputs }) => {
    const weights = smaller.tensors[inputs[1] ?? -1];
    return weights?.type === 'int8' && weights.data !== undefined ? [weights.shape] : [];
  });
}

describe('dropConstantChannels', () => {
  it('drops channels that a RELU clamps to the zero point, in the layer that writes them and in those that read them', () => {
    expect(filters(pair({ bias: [never, 1, never, 2, 3] }, { kernel: 3 }))).toEqual([
      [3, 1, 1, 2],
      [3, 3, 3, 3],
    ]);
  });

  it('moves the contribution of another constant into the bias where no window leaves the image', () => {
    const saturated = { bias: [always, 1, always, 2, 3] };
    const dropped = [
      [3, 1, 1, 2],
      [3, 3, 3, 3],
    ];
    expect(filters(pair(saturated, { kernel: 3, padding: 'VALID' }))).toEqual(dropped);
    const kept = [
      [5, 1, 1, 2],
      [3, 3, 3, 5],
    ];
    expect(filters(pair(saturated, { kernel: 3 }))).toEqual(kept);
  });

  it('keeps multiples of four', () => {
    expect(filters(pair({ bias: [never, 1, never, never, 2, 3, 4, 5] }))[0]).toEqual([8, 1, 1, 2]);
    expect(filters(pair({ bias: [never, 1, never, never, 2, 3, 4, never] }))[0]).toEqual([4, 1, 1, 2]);
  });

  it('keeps one channel where all are constant', () => {
    expect(filters(pair({ bias: [never, never, never] }))[0]).toEqual([1, 1, 1, 2]);
  });

  it('keeps the channels of outputs and of tensors that an operator without a rule reads', () => {
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [1, 4, 5, 2], quantization: input });
    const [a, b, c] = [0, 1, 2].map(() => convolution(builder, x, { bias: [never, 1, 2] })) as [number, number, number];
    const turned = builder.tensor({ shape: [3, 5, 4, 1], quantization: relu });
    builder.operator('TRANSPOSE', [b, builder.integers([3, 2, 1, 0])], [turned]);
    const graph = builder.build([
      a,
      turned,
      convolution(builder, a, { bias: [1] }),
      convolution(builder, c, { bias: [1] }),
    ]);
    expect(filters(graph)).toEqual([
      [3, 1, 1, 2],
      [3, 1, 1, 2],
      [2, 1, 1, 2],
      [1, 1, 1, 3],
      [1, 1, 1, 2],
    ]);
  });

  it('drops what both operands of a sum can lose, through pools and depthwise filters', () => {
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [1, 4, 5, 2], quantization: input });
    const a = convolution(builder, x, { bias: [never, never, 1, 2, 3] });
    const b = convolution(builder, x, { bias: [never, 1, never, 2, 3] });
    const [sum, pooled, filtered] = [0, 1, 2].map(() =>
      builder.tensor({ shape: [1, 4, 5, 5], quantization: relu }),
    ) as [number, number, number];
    builder.operator('ADD', [a, b], [sum]);
    builder.operator('MAX_POOL_2D', [sum], [pooled], {
      padding: 'SAME',
      stride_h: 1,
      stride_w: 1,
      filter_height: 2,
      filter_width: 2,
    });
    const weights = builder.tensor(
      { shape: [1, 3, 3, 5], quantization: { scale: 0.01, zeroPoint: 0 } },
      Int8Array.from({ length: 45 }, (_, i) => i - 20),
    );
    builder.operator('DEPTHWISE_CONV_2D', [pooled, weights], [filtered], { ...fused, depth_multiplier: 1 });
    expect(filters(builder.build([convolution(builder, filtered, { bias: [1, 2] })]))).toEqual([
      [4, 1, 1, 2],
      [4, 1, 1, 2],
      [1, 3, 3, 4],
      [2, 1, 1, 4],
    ]);
  });

  /** Two dense layers of 5 and 3 units, four of the first ones constant; the quantisation of the weights is given. */
  function dense(first: Quantization, second: Quantization, biased: boolean): Graph {
    const builder = new GraphBuilder();
    const layer = (from: number, units: number, quantization: Quantization, bias: readonly number[] | undefined) => {
      const depth = builder.shapeOf(from)[1] as number;
      const data = Int8Array.from({ length: units * depth }, () => random.below(255) - 127);
      const weights = builder.tensor({ shape: [units, depth], quantization }, data);
      const output = builder.tensor({ shape: [1, units], quantization: { scale: 0.5, zeroPoint: -128 } });
      const scales = quantization.scales.map((scale) => 0.02 * scale);
      const shape = { type: 'int32', shape: [units], quantization: { scales, zeroPoints: [0], axis: 0 } } as const;
      const biases = bias === undefined ? -1 : builder.tensor(shape, Int32Array.from(bias));
      builder.operator('FULLY_CONNECTED', [from, weights, biases], [output], { fused_activation_function: 'RELU' });
      return output;
    };
    const x = builder.input({ shape: [1, 6], quantization: input });
    const middle = layer(x, 5, first, [always, never, 9, never, always]);
    return builder.build([layer(middle, 3, second, biased ? [1, 2, 3] : undefined)]);
  }

  const one = { scales: [0.05], zeroPoints: [-77], axis: 0 };
  const each = (count: number) => ({
    scales: Array.from({ length: count }, (_, i) => 0.03 + i / 100),
    zeroPoints: new Array<number>(count).fill(55),
    axis: 0,
  });
  it.each([
    ['that count, with one scale', one, { ...one, scales: [0.5] }, false],
    ['that do not count, when one of several scales is left', each(5), each(3), true],
  ] as const)('keeps zero points of weights %s', (_, first, second, biased) => {
    expect(filters(dense(first, second, biased))).toEqual([
      [1, 6],
      [3, 1],
    ]);
  });

  it('returns the graph itself when nothing is constant', () => {
    const graph = pair({ bias: [1, 2, 3] });
    expect(dropConstantChannels(graph)).toBe(graph);
  });

  it('leaves operators with a mistake, which are reported later', () => {
    const graph = pair({ bias: [never, 1] });
    const broken = { ...graph, tensors: graph.tensors.map((tensor) => ({ ...tensor, shape: [1, 9, 9, 9] })) };
    expect(dropConstantChannels(broken)).toBe(broken);
  });
});
