/** Random CONV_2D: strides, dilations, groups, batches, per-channel and per-tensor weights, biases up to the edge. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import {
  between,
  randomActivation,
  randomInferences,
  randomQuantization,
  randomShape,
} from './support/random-tensors.js';
import { appendWeights } from './support/weighted-layers.js';
import { randomWindow } from './support/windows.js';

/** Appends a convolution that reads the NHWC tensor `input`. Returns its output. */
export function appendConv2d(builder: GraphBuilder, random: Random, input: number): number {
  const [batch, height, width, channels] = builder.shapeOf(input) as [number, number, number, number];
  const { padding, vertical, horizontal } = randomWindow(random, height, width, true);
  const groups = random.pick([1, 1, channels, divisor(random, channels)]);
  const filters = groups * between(random, 1, groups > 2 ? 3 : 6);
  const { weights, bias, output } = appendWeights(builder, random, builder.quantizationOf(input), {
    shape: [filters, vertical.kernel, horizontal.kernel, channels / groups],
    axis: 0,
  });
  const result = builder.tensor({ shape: [batch, vertical.output, horizontal.output, filters], quantization: output });
  builder.operator(
    'CONV_2D',
    bias < 0
      ? random.pick([
          [input, weights],
          [input, weights, -1],
        ])
      : [input, weights, bias],
    [result],
    {
      padding,
      stride_h: vertical.stride,
      stride_w: horizontal.stride,
      dilation_h_factor: vertical.dilation,
      dilation_w_factor: horizontal.dilation,
      fused_activation_function: randomActivation(random),
    },
  );
  return result;
}

function divisor(random: Random, count: number): number {
  return random.pick(Array.from({ length: count }, (_, i) => i + 1).filter((candidate) => count % candidate === 0));
}

const cases: OperatorCases = {
  operator: 'CONV_2D',
  generate(random) {
    const builder = new GraphBuilder();
    const [height, width] = randomShape(random, 2, 9) as [number, number];
    const shape = [between(random, 1, 2), height, width, between(random, 1, random.pick([4, 8, 17]))];
    const input = builder.input({ shape, quantization: randomQuantization(random) });
    const graph = builder.build([appendConv2d(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
