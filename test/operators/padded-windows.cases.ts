/** Random images with a border of their own in front of a window: what padding folded into the window must give. */
import type { Random } from '../support/random.js';
import { appendConv2d } from './conv-2d.cases.js';
import { appendDepthwiseConv2d } from './depthwise-conv-2d.cases.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import { appendPool } from './support/pool-cases.js';
import { between, oneIn, randomInferences, randomQuantization, randomShape } from './support/random-tensors.js';

const windows: readonly ((builder: GraphBuilder, random: Random, input: number) => number)[] = [
  appendConv2d,
  appendConv2d,
  appendDepthwiseConv2d,
  (builder, random, input) => appendPool(builder, random, input, 'MAX_POOL_2D'),
  (builder, random, input) => appendPool(builder, random, input, 'AVERAGE_POOL_2D'),
];

const cases: OperatorCases = {
  operator: 'PAD',
  generate(random) {
    const builder = new GraphBuilder();
    const [height, width] = randomShape(random, 2, 7) as [number, number];
    const quantization = { ...randomQuantization(random), ...(oneIn(random, 3) ? { zeroPoint: -128 } : {}) };
    const shape = [between(random, 1, 2), height, width, between(random, 1, 6)];
    const image = builder.input({ shape, quantization });
    const largest = random.pick([1, 2, 2, 6]);
    const amounts = [0, 0, ...Array.from({ length: 4 }, () => random.below(largest + 1)), 0, 0];
    const padded = shape.map((extent, axis) => extent + (amounts[2 * axis] ?? 0) + (amounts[2 * axis + 1] ?? 0));
    const bordered = builder.tensor({ shape: padded, quantization });
    builder.operator('PAD', [image, builder.integers(amounts, [4, 2])], [bordered]);
    const graph = builder.build([random.pick(windows)(builder, random, bordered)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
