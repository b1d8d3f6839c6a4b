/** Random SQUEEZE: all extents of 1 or those named. */
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'SQUEEZE',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'SQUEEZE'));
    const shape = randomShape(random, between(random, 1, 5), 4);
    const single = shape.flatMap((extent, axis) => (extent === 1 ? [axis] : []));
    const named = oneIn(random, 2) ? [] : single.filter(() => oneIn(random, 2));
    const dropped = named.length === 0 ? single : named;
    const input = builder.input({ ...values, shape });
    const output = builder.tensor({ ...values, shape: shape.filter((_, axis) => !dropped.includes(axis)) });
    builder.operator('SQUEEZE', [input], [output], { squeeze_dims: named });
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
