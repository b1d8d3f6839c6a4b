import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Graph, Options } from '../../src/ir/graph.js';
import { prepareGraph } from '../../src/operators/registry.js';
import { foldPadding } from '../../src/passes/padding.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { createRandom } from '../support/random.js';

interface Subject {
  /** Batch, height, width and channels of the image. */
  readonly image?: readonly [number, number, number, number];
  /** Before and after each dimension. */
  readonly paddings?: readonly number[];
  readonly kernel?: readonly [number, number];
  readonly output: readonly [number, number, number, number];
  readonly options?: Options;
  readonly imageZeroPoint?: number;
  readonly zeroPoint?: number;
  readonly fill?: number;
  readonly reader: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'AVERAGE_POOL_2D' | 'MAX_POOL_2D';
  /** Also makes the bordered image an output. */
  readonly exposed?: boolean;
}

/** PAD (or PADV2 with `fill`) and one operator on a window. */
function padded({
  image = [1, 5, 6, 2],
  paddings = [0, 0, 1, 1, 1, 1, 0, 0],
  kernel = [3, 3],
  output,
  options = {},
  zeroPoint = -5,
  imageZeroPoint = zeroPoint,
  fill,
  reader,
  exposed = false,
}: Subject): Graph {
  const random = createRandom(7);
  const builder = new GraphBuilder();
  const quantization = { scale: 0.5, zeroPoint };
  const bytes = (count: number) => Int8Array.from({ length: count }, () => random.below(255) - 127);
  const x = builder.input({ shape: image, quantization: { scale: 0.5, zeroPoint: imageZeroPoint } });
  const shape = image.map((extent, i) => extent + (paddings[2 * i] as number) + (paddings[2 * i + 1] as number));
  const bordered = builder.tensor({ shape, quantization });
  const amounts = builder.integers(paddings, [4, 2]);
  if (fill === undefined) builder.operator('PAD', [x, amounts], [bordered]);
  else {
    const value = builder.tensor({ shape: [1], quantization }, Int8Array.of(fill));
    builder.operator('PADV2', [x, amounts, value], [bordered]);
  }
  const isPool = reader.endsWith('POOL_2D');
  const y = builder.tensor({ shape: output, quantization: isPool ? quantization : { scale: 9, zeroPoint: 3 } });
  const common = { padding: 'VALID', stride_h: 1, stride_w: 1, ...options };
  if (isPool) {
    builder.operator(reader, [bordered], [y], { ...common, filter_height: kernel[0], filter_width: kernel[1] });
  } else {
    const [channels, inner] = [output[3], image[3]];
    const filter = reader === 'CONV_2D' ? [channels, ...kernel, inner] : [1, ...kernel, channels];
    const weights = builder.tensor(
      { shape: filter, quantization: { scale: 0.1, zeroPoint: 0 } },
      bytes(filter.reduce((product, extent) => product * extent, 1)),
    );
    builder.operator(reader, [bordered, weights], [y], common);
  }
  return builder.build(exposed ? [y, bordered] : [y]);
}

const names = ({ operators }: Graph) => operators.map(({ name }) => name);

function outputs(graph: Graph, seed: number): readonly Uint8Array[] {
  const random = createRandom(seed);
  const inputs = graph.inputs.map((index) =>
    Uint8Array.from({ length: graph.tensors[index]?.shape.reduce((a, b) => a * b, 1) ?? 0 }, () => random.below(256)),
  );
  return interpret(graph, prepareGraph(graph), inputs).outputs;
}

/** The graph with its border folded, after a check that it computes the same. */
function folded(graph: Graph): Graph {
  const result = foldPadding(graph);
  for (const seed of [1, 2, 3]) expect(outputs(result, seed)).toEqual(outputs(graph, seed));
  return result;
}

describe('foldPadding', () => {
  it.each<[string, Subject]>([
    ['a convolution', { reader: 'CONV_2D', output: [1, 5, 6, 3] }],
    ['a border on one side only', { reader: 'CONV_2D', paddings: [0, 0, 0, 1, 0, 1, 0, 0], output: [1, 4, 5, 3] }],
    [
      'a border wider than the kernel',
      { reader: 'CONV_2D', paddings: [0, 0, 4, 5, 6, 4, 0, 0], output: [1, 12, 14, 1] },
    ],
    ['several images', { reader: 'CONV_2D', image: [3, 5, 6, 2], output: [3, 5, 6, 3] }],
    ['a stride', { reader: 'CONV_2D', options: { stride_h: 2, stride_w: 3 }, output: [1, 3, 2, 3] }],
    [
      'a dilation',
      { reader: 'CONV_2D', options: { dilation_h_factor: 2, dilation_w_factor: 3 }, output: [1, 3, 2, 1] },
    ],
    ['padding of its own on top', { reader: 'CONV_2D', options: { padding: 'SAME' }, output: [1, 7, 8, 3] }],
    [
      'padding of its own on top, with a stride',
      { reader: 'CONV_2D', options: { padding: 'SAME', stride_h: 2, stride_w: 3 }, output: [1, 4, 3, 3] },
    ],
    ['a window of one cell', { reader: 'CONV_2D', kernel: [1, 1], output: [1, 7, 8, 3] }],
    ['a depthwise convolution', { reader: 'DEPTHWISE_CONV_2D', output: [1, 5, 6, 4] }],
    ['the fill value of PADV2', { reader: 'CONV_2D', fill: -5, output: [1, 5, 6, 3] }],
    ['a maximum', { reader: 'MAX_POOL_2D', zeroPoint: -128, output: [1, 5, 6, 2] }],
    [
      'a mean whose windows leave the border out',
      {
        reader: 'AVERAGE_POOL_2D',
        image: [1, 4, 4, 2],
        paddings: [0, 0, 0, 1, 0, 1, 0, 0],
        kernel: [2, 2],
        options: { stride_h: 2, stride_w: 2 },
        output: [1, 2, 2, 2],
      },
    ],
  ])('leaves the image as it is for %s', (_, subject) => {
    expect(names(folded(padded(subject)))).toEqual([subject.reader]);
  });

  it.each<[string, Subject]>([
    ['the fill value is not the zero point', { reader: 'CONV_2D', fill: -4, output: [1, 5, 6, 3] }],
    ['the image has another zero point', { reader: 'CONV_2D', imageZeroPoint: -6, output: [1, 5, 6, 3] }],
    ['the bordered image is an output', { reader: 'CONV_2D', exposed: true, output: [1, 5, 6, 3] }],
    ['batches are added', { reader: 'CONV_2D', paddings: [1, 0, 1, 1, 1, 1, 0, 0], output: [2, 5, 6, 3] }],
    ['channels are added', { reader: 'MAX_POOL_2D', paddings: [0, 0, 1, 1, 1, 1, 0, 1], output: [1, 5, 6, 3] }],
    ['a maximum can be the fill value', { reader: 'MAX_POOL_2D', output: [1, 5, 6, 2] }],
    [
      'a window of a maximum sees only border',
      { reader: 'MAX_POOL_2D', zeroPoint: -128, paddings: [0, 0, 3, 0, 0, 0, 0, 0], output: [1, 6, 4, 2] },
    ],
    ['cells of the border count in a mean', { reader: 'AVERAGE_POOL_2D', output: [1, 5, 6, 2] }],
  ])('keeps the border when %s', (_, subject) => {
    const graph = padded(subject);
    expect(folded(graph)).toBe(graph);
  });

  it('folds for all readers or for none', () => {
    const builder = new GraphBuilder();
    const quantization = { scale: 1, zeroPoint: -128 };
    const x = builder.input({ shape: [1, 2, 2, 1], quantization });
    const [bordered, a, b] = [4, 3, 3].map((extent) =>
      builder.tensor({ shape: [1, extent, extent, 1], quantization }),
    ) as [number, number, number];
    const options = { padding: 'VALID', stride_h: 1, stride_w: 1, filter_height: 2, filter_width: 2 };
    builder.operator('PAD', [x, builder.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])], [bordered]);
    builder.operator('MAX_POOL_2D', [bordered], [a], options);
    builder.operator('AVERAGE_POOL_2D', [bordered], [b], options);
    const mixed = builder.build([a, b]);
    expect(foldPadding(mixed)).toBe(mixed);
    const maxima = {
      ...mixed,
      operators: mixed.operators.map((o) => ({ ...o, name: o.name.replace('AVERAGE', 'MAX') })),
    };
    expect(names(folded(maxima))).toEqual(['MAX_POOL_2D', 'MAX_POOL_2D']);
  });

  it('leaves operators with a mistake, which are reported later', () => {
    const graph = padded({ reader: 'CONV_2D', output: [1, 9, 9, 3] });
    expect(foldPadding(graph)).toBe(graph);
  });
});
