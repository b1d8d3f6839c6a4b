/** Random SPLIT: equal parts along any axis. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType, valuesOf } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

/** Appends `count` equal parts of `input` along `axis`. Returns them. */
export function appendSplit(
  builder: GraphBuilder,
  random: Random,
  input: number,
  axis: number,
  count: number,
): number[] {
  const shape = builder.shapeOf(input);
  const stated = builder.integers([oneIn(random, 2) ? axis - shape.length : axis], random.pick([[], [1]]));
  const part = shape.with(axis, (shape[axis] as number) / count);
  const outputs = Array.from({ length: count }, () => builder.tensor({ ...valuesOf(builder, input), shape: part }));
  builder.operator('SPLIT', [stated, input], outputs, { num_splits: count });
  return outputs;
}

const cases: OperatorCases = {
  operator: 'SPLIT',
  generate(random) {
    const builder = new GraphBuilder();
    const shape = randomShape(random, between(random, 1, 4), 4);
    const axis = random.below(shape.length);
    const count = between(random, 1, 4);
    const values = movedValues(random, randomMovedType(random, 'SPLIT'));
    const input = builder.input({ ...values, shape: shape.with(axis, count * (shape[axis] as number)) });
    const graph = builder.build(appendSplit(builder, random, input, axis, count));
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
