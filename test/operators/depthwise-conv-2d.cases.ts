/** Random DEPTHWISE_CONV_2D: depth multipliers, strides, dilations, batches, per-channel and per-tensor weights. */
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

/** Appends a depthwise convolution that reads the NHWC tensor `input`. Returns its output. */
export function appendDepthwiseConv2d(builder: GraphBuilder, random: Random, input: number): number {
  const [batch, height, width, channels] = builder.shapeOf(input) as [number, number, number, number];
  const { padding, vertical, horizontal } = randomWindow(random, height, width, true);
  const multiplier = random.pick([1, 1, 2, 3]);
  const filters = channels * multiplier;
  const { weights, bias, output } = appendWeights(builder, random, builder.quantizationOf(input), {
    shape: [1, vertical.kernel, horizontal.kernel, filters],
    axis: 3,
  });
  const result = builder.tensor({ shape: [batch, vertical.output, horizontal.output, filters], quantization: output });
  builder.operator('DEPTHWISE_CONV_2D', bias < 0 ? [input, weights] : [input, weights, bias], [result], {
    padding,
    stride_h: vertical.stride,
    stride_w: horizontal.stride,
    dilation_h_factor: vertical.dilation,
    dilation_w_factor: horizontal.dilation,
    depth_multiplier: multiplier,
    fused_activation_function: randomActivation(random),
  });
  return result;
}

const cases: OperatorCases = {
  operator: 'DEPTHWISE_CONV_2D',
  generate(random) {
    const builder = new GraphBuilder();
    const [height, width] = randomShape(random, 2, 9) as [number, number];
    const shape = [between(random, 1, 2), height, width, between(random, 1, random.pick([4, 8, 17]))];
    const input = builder.input({ shape, quantization: randomQuantization(random) });
    const graph = builder.build([appendDepthwiseConv2d(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
