/** Random SPLIT_V: parts of different sizes along any axis. */
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'SPLIT_V',
  generate(random) {
    const builder = new GraphBuilder();
    const shape = randomShape(random, between(random, 1, 4), 4);
    const axis = random.below(shape.length);
    const sizes = Array.from({ length: between(random, 1, 4) }, () => between(random, 1, 3));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const values = movedValues(random, randomMovedType(random, 'SPLIT_V'));
    const input = builder.input({ ...values, shape: shape.with(axis, total) });
    const stated = oneIn(random, 3) ? sizes.with(random.below(sizes.length), -1) : sizes;
    const outputs = sizes.map((size) => builder.tensor({ ...values, shape: shape.with(axis, size) }));
    const axisTensor = builder.integers([oneIn(random, 2) ? axis - shape.length : axis], random.pick([[], [1]]));
    builder.operator('SPLIT_V', [input, builder.integers(stated), axisTensor], outputs, { num_splits: sizes.length });
    const graph = builder.build(outputs);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
