/** Random MUL: broadcasting, left shifts and multipliers down to those that flush to 0. */
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

/** Ratio of input scales and output scale; products stay below 2^17, so shifts up to 2^14 do not wrap. */
function realMultiplier(random: Random): number {
  switch (random.below(12)) {
    case 0:
      return 2 ** between(random, -34, 13);
    case 1:
      return randomScale(random, -34, -28);
    case 2:
      return randomScale(random, 0, 12);
    default:
      return randomScale(random, -9, -5);
  }
}

/** Appends the product of two tensors of equal shape. Returns it. */
export function appendMul(
  builder: GraphBuilder,
  random: Random,
  a: number,
  b: number,
  shape = builder.shapeOf(a),
): number {
  const product = builder.quantizationOf(a).scale * builder.quantizationOf(b).scale;
  const scale = Math.fround(product / realMultiplier(random));
  const result = builder.tensor({ shape, quantization: { scale, zeroPoint: randomZeroPoint(random) } });
  builder.operator('MUL', [a, b], [result], { fused_activation_function: randomActivation(random) });
  return result;
}

const cases: OperatorCases = {
  operator: 'MUL',
  generate(random) {
    const builder = new GraphBuilder();
    const a = randomQuantization(random);
    const b = oneIn(random, 3) ? a : randomQuantization(random);
    const { inputs, shape } = appendOperands(builder, random, [a, b], 4);
    const graph = builder.build([appendMul(builder, random, inputs[0], inputs[1], shape)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
