/** Random EXPAND_DIMS: at every axis, counted from either end. */
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'EXPAND_DIMS',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'EXPAND_DIMS'));
    const shape = randomShape(random, between(random, 1, 4), 4);
    const axis = between(random, 0, shape.length);
    const input = builder.input({ ...values, shape });
    const stated = builder.integers([oneIn(random, 2) ? axis - shape.length - 1 : axis], random.pick([[], [1]]));
    const output = builder.tensor({ ...values, shape: shape.toSpliced(axis, 0, 1) });
    builder.operator('EXPAND_DIMS', [input, stated], [output]);
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
