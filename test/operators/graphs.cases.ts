/** Random graphs of several operators: chains with branches that are added, multiplied or concatenated again. */
import type { TensorQuantization } from '../../src/operators/support/quantization.js';
import type { Random } from '../support/random.js';
import { appendAdd } from './add.cases.js';
import { appendConcatenation } from './concatenation.cases.js';
import { appendConv2d } from './conv-2d.cases.js';
import { appendDepthwiseConv2d } from './depthwise-conv-2d.cases.js';
import { appendFullyConnected } from './fully-connected.cases.js';
import { appendMean } from './mean.cases.js';
import { appendMul } from './mul.cases.js';
import { appendPad } from './pad.cases.js';
import { appendReshape } from './reshape.cases.js';
import { appendSoftmax } from './softmax.cases.js';
import { appendSplit } from './split.cases.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import { appendPool } from './support/pool-cases.js';
import {
  between,
  oneIn,
  randomInferences,
  randomQuantization,
  randomScale,
  randomShape,
  randomZeroPoint,
} from './support/random-tensors.js';
import { appendTranspose } from './transpose.cases.js';

type Append = (builder: GraphBuilder, random: Random, input: number) => number;

/** Most elements of a tensor that other operators read. */
const largestTensor = 4000;

/**
 * Scales of tensors that other operators read. Products of scales far outside lead to where TFLite Micro refuses (a
 * fused RELU6 whose 6 exceeds int32) and where C is undefined (LOGISTIC shifts by the exponent of its input's scale).
 */
const smallestScale = 2 ** -12;
const largestScale = 2 ** 20;

/** Sums of longer rows may reach 2^28, where TFLite Micro shifts by more than 31 bits. */
const longestSoftmaxRow = 511;

const imageOperators: readonly Append[] = [
  appendConv2d,
  appendConv2d,
  appendDepthwiseConv2d,
  (builder, random, input) => appendPool(builder, random, input, 'AVERAGE_POOL_2D'),
  (builder, random, input) => appendPool(builder, random, input, 'MAX_POOL_2D'),
  appendTranspose,
  appendPad,
];
const anyOperators: readonly Append[] = [
  (builder, _, input) => appendUnary(builder, input, 'RELU6', builder.quantizationOf(input)),
  (builder, random, input) => appendUnary(builder, input, 'RELU', requantized(builder, random, input)),
  (builder, _, input) => appendUnary(builder, input, 'LOGISTIC', { scale: 1 / 256, zeroPoint: -128 }),
  (builder, random, input) => appendUnary(builder, input, 'QUANTIZE', requantized(builder, random, input)),
];
const joinOperators: readonly ((builder: GraphBuilder, random: Random, a: number, b: number) => number)[] = [
  appendAdd,
  appendMul,
  (builder, random, a) => appendConcatenation(builder, random, [a, a], random.below(builder.shapeOf(a).length)),
];

/** A quantisation close to that of `input`. */
function requantized(builder: GraphBuilder, random: Random, input: number): TensorQuantization {
  const scale = Math.fround(builder.quantizationOf(input).scale * randomScale(random, -1, 1));
  return { scale, zeroPoint: randomZeroPoint(random) };
}

function appendUnary(builder: GraphBuilder, input: number, name: string, quantization: TensorQuantization): number {
  const output = builder.tensor({ shape: builder.shapeOf(input), quantization });
  builder.operator(name, [input], [output]);
  return output;
}

function sizeOf(builder: GraphBuilder, index: number): number {
  return builder.shapeOf(index).reduce((product, extent) => product * extent, 1);
}

function mayBeRead(builder: GraphBuilder, index: number): boolean {
  if (builder.tensors[index]?.quantization === undefined) return false;
  const { scale } = builder.quantizationOf(index);
  return sizeOf(builder, index) <= largestTensor && scale >= smallestScale && scale <= largestScale;
}

/** Two paths from `input` that come together again. */
function appendBranch(builder: GraphBuilder, random: Random, input: number): number {
  if (oneIn(random, 3)) {
    const axis = builder.shapeOf(input).length - 1;
    const parts = appendSplit(builder, random, input, axis, builder.shapeOf(input)[axis] as number);
    return appendConcatenation(builder, random, parts.slice(0, 10), random.below(axis + 1));
  }
  const other = random.pick(anyOperators)(builder, random, input);
  return random.pick(joinOperators)(builder, random, input, other);
}

const cases: OperatorCases = {
  operator: 'graphs',
  generate(random) {
    const builder = new GraphBuilder();
    const [height, width] = randomShape(random, 2, 10) as [number, number];
    const shape = [1, height, width, between(random, 1, 6)];
    let current: number;
    if (oneIn(random, 4)) {
      const float = builder.input({ type: 'float32', shape });
      current = builder.tensor({ shape, quantization: randomQuantization(random) });
      builder.operator('QUANTIZE', [float], [current]);
    } else current = builder.input({ shape, quantization: randomQuantization(random) });
    const outputs: number[] = [];
    for (let steps = between(random, 2, 8); steps > 0; steps--) {
      const append = random.pick([...imageOperators, ...anyOperators, appendBranch, appendBranch]);
      const next = append(builder, random, current);
      if (!mayBeRead(builder, next)) break;
      if (oneIn(random, 8)) outputs.push(next);
      current = next;
    }
    if (oneIn(random, 2)) current = appendMean(builder, random, current, random.pick([2, 4, 6, 8]));
    if (oneIn(random, 2)) current = appendReshape(builder, random, current);
    if (oneIn(random, 2) && sizeOf(builder, current) < 500) current = appendFullyConnected(builder, random, current);
    if (oneIn(random, 3) && (builder.shapeOf(current).at(-1) ?? 1) <= longestSoftmaxRow) {
      current = appendSoftmax(builder, random, current);
    }
    if (oneIn(random, 4)) {
      const float = builder.tensor({ type: 'float32', shape: builder.shapeOf(current) });
      builder.operator('DEQUANTIZE', [current], [float]);
      current = float;
    }
    const graph = builder.build([...new Set([...outputs, current])]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
