/** Random MEAN: every set of axes of ranks 1 to 5, negative and repeated axes, with and without keep_dims. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomInferences,
  randomQuantization,
  randomScale,
  randomShape,
  randomZeroPoint,
} from './support/random-tensors.js';

/** Ratio of input and output scale. Sums stay below 2^19, so shifts up to 2^12 do not wrap. */
function realMultiplier(random: Random): number {
  switch (random.below(6)) {
    case 0:
      return 2 ** between(random, -33, 10);
    case 1:
      return randomScale(random, -34, 10);
    default:
      return randomScale(random, -1, 1);
  }
}

/** Appends the mean of `input` over the axes chosen by the bits of `set`, quantised or not. Returns it. */
export function appendMean(
  builder: GraphBuilder,
  random: Random,
  input: number,
  set: number,
  quantized = true,
): number {
  const shape = builder.shapeOf(input);
  const rank = shape.length;
  const isReduced = (axis: number) => (set & (1 << axis)) !== 0;
  const axes = shape.flatMap((_, axis) => (isReduced(axis) ? [oneIn(random, 3) ? axis - rank : axis] : []));
  if (oneIn(random, 8)) axes.push(axes[0] as number);
  const keep = oneIn(random, 2);
  const reduced = shape.flatMap((extent, axis) => (isReduced(axis) ? (keep ? [1] : []) : [extent]));
  // without parameters the factor is no number, which counts as 0
  const scale = builder.tensors[input]?.quantization === undefined ? 1 : builder.quantizationOf(input).scale;
  const quantization = { scale: Math.fround(scale / realMultiplier(random)), zeroPoint: randomZeroPoint(random) };
  const result = builder.tensor({ shape: reduced, ...(quantized ? { quantization } : {}) });
  builder.operator('MEAN', [input, builder.integers(axes)], [result], { keep_dims: keep });
  return result;
}

const cases: OperatorCases = {
  operator: 'MEAN',
  generate(random) {
    const builder = new GraphBuilder();
    const rank = between(random, 1, 5);
    const shape = randomShape(random, rank, rank < 3 ? 40 : 6);
    const input = builder.input(oneIn(random, 20) ? { shape } : { shape, quantization: randomQuantization(random) });
    const graph = builder.build([
      appendMean(builder, random, input, between(random, 1, 2 ** rank - 1), !oneIn(random, 20)),
    ]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
