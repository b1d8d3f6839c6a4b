/** Random FULLY_CONNECTED: several rows, inputs of rank 1 to 4, per-channel and per-tensor weights, one unit. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomActivation,
  randomInferences,
  randomQuantization,
  randomShape,
} from './support/random-tensors.js';
import { appendWeights } from './support/weighted-layers.js';

/** Appends a layer that reads the last dimension of `input`, or all elements behind the first. Returns its output. */
export function appendFullyConnected(builder: GraphBuilder, random: Random, input: number): number {
  const shape = builder.shapeOf(input);
  const flatten = shape.length > 1 && oneIn(random, 2);
  const rows = flatten ? shape.slice(0, 1) : shape.slice(0, -1);
  const depth = shape.slice(rows.length).reduce((product, extent) => product * extent, 1);
  const units = between(random, 1, random.pick([1, 5, 12]));
  const { weights, bias, output } = appendWeights(builder, random, builder.quantizationOf(input), {
    shape: [units, depth],
    axis: 0,
  });
  const result = builder.tensor({ shape: [...(rows.length === 0 ? [1] : rows), units], quantization: output });
  builder.operator('FULLY_CONNECTED', [input, weights, bias], [result], {
    fused_activation_function: randomActivation(random),
    keep_num_dims: !flatten,
  });
  return result;
}

const cases: OperatorCases = {
  operator: 'FULLY_CONNECTED',
  generate(random) {
    const builder = new GraphBuilder();
    const shape = [...randomShape(random, random.below(4), 4), between(random, 1, random.pick([4, 20, 120]))];
    const input = builder.input({ shape, quantization: randomQuantization(random) });
    const graph = builder.build([appendFullyConnected(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
