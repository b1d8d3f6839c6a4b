/** Random ADD: broadcasting and scale ratios up to those at which an operand or the whole result vanishes. */
import type { TensorQuantization } from '../../src/operators/support/quantization.js';
import type { Random } from '../support/random.js';
import { appendOperands } from './support/elementwise-cases.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomActivation,
  randomInferences,
  randomQuantization,
  randomScale,
  randomZeroPoint,
} from './support/random-tensors.js';

/** An output quantisation that TFLite Micro accepts for inputs whose larger scale is `largest`. */
function outputQuantization(random: Random, largest: number): TensorQuantization {
  // 2·largest / (2^20·scale) must stay below 1
  const ratio = () => {
    switch (random.below(12)) {
      case 0:
        return 2 ** between(random, -18, 16);
      case 1: // the smallest scales
        return 2 ** -19 * (1 + (1 + random.below(4)) * 2 ** -23);
      case 2: // shifts around −31, and beyond
        return randomScale(random, 9, 15);
      default:
        return randomScale(random, -2, 2);
    }
  };
  return { scale: Math.fround(largest * ratio()), zeroPoint: randomZeroPoint(random) };
}

/** Appends the sum of two tensors of equal shape. Returns it. */
export function appendAdd(
  builder: GraphBuilder,
  random: Random,
  a: number,
  b: number,
  shape = builder.shapeOf(a),
): number {
  const largest = Math.max(builder.quantizationOf(a).scale, builder.quantizationOf(b).scale);
  const result = builder.tensor({ shape, quantization: outputQuantization(random, largest) });
  builder.operator('ADD', [a, b], [result], { fused_activation_function: randomActivation(random) });
  return result;
}

const cases: OperatorCases = {
  operator: 'ADD',
  generate(random) {
    const builder = new GraphBuilder();
    const a = randomQuantization(random);
    const ratio = random.pick([
      1,
      randomScale(random, -3, 2),
      randomScale(random, -34, -26),
      randomScale(random, 26, 34),
    ]);
    const b = oneIn(random, 3) ? a : { scale: Math.fround(a.scale * ratio), zeroPoint: randomZeroPoint(random) };
    const { inputs, shape } = appendOperands(builder, random, [a, b], 4);
    const graph = builder.build([appendAdd(builder, random, inputs[0], inputs[1], shape)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
