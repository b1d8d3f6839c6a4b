/**
 * Random SOFTMAX: rows of 1 to 511 values, input scales from one that reaches nothing to one that reaches all. The sum
 * of a longer row may reach 2^28, where TFLite Micro shifts by more than 31 bits, which C does not define; so there are
 * few large values in these.
 */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCase, OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomInferences,
  randomScale,
  randomShape,
  randomZeroPoint,
} from './support/random-tensors.js';

/** Appends the softmax of `input`. Returns it. */
export function appendSoftmax(builder: GraphBuilder, random: Random, input: number): number {
  const result = builder.tensor({ shape: builder.shapeOf(input), quantization: { scale: 1 / 256, zeroPoint: -128 } });
  // scale · beta · 2^26 must be above 1
  const smallest = 2 ** -25 / builder.quantizationOf(input).scale;
  const beta = Math.fround(Math.max(smallest, oneIn(random, 2) ? 1 : randomScale(random, -4, 4)));
  builder.operator('SOFTMAX', [input], [result], { beta });
  return result;
}

/** A row of thousands of values whose exponentials add up to less than 512 times the largest. */
function longRow(random: Random): OperatorCase {
  const builder = new GraphBuilder();
  const depth = between(random, 513, 6000);
  const scale = Math.fround(between(random, 50, 120) / 1000);
  const input = builder.input({ shape: [1, depth], quantization: { scale, zeroPoint: randomZeroPoint(random) } });
  const result = builder.tensor({ shape: [1, depth], quantization: { scale: 1 / 256, zeroPoint: -128 } });
  builder.operator('SOFTMAX', [input], [result], { beta: 1 });
  const row = Int8Array.from({ length: depth }, () => between(random, -128, -20));
  for (let large = between(random, 1, 20); large > 0; large--) row[random.below(depth)] = between(random, -20, 127);
  row[random.below(depth)] = 127;
  return { graph: builder.build([result]), inferences: [[new Uint8Array(row.buffer)]] };
}

const cases: OperatorCases = {
  operator: 'SOFTMAX',
  generate(random) {
    if (oneIn(random, 16)) return longRow(random);
    const builder = new GraphBuilder();
    const shape = [
      ...randomShape(random, random.below(4), 3),
      between(random, 1, random.pick([1, 10, 10, 10, 300, 511])),
    ];
    const scale = random.pick([randomScale(random, -7, -1), randomScale(random, -7, -1), randomScale(random, -24, 8)]);
    const input = builder.input({ shape, quantization: { scale, zeroPoint: randomZeroPoint(random) } });
    const graph = builder.build([appendSoftmax(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
