/** Random PACK: 1 to 5 inputs stacked at every axis. */
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'PACK',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'PACK'));
    const shape = randomShape(random, between(random, 0, 4), 4);
    const axis = between(random, 0, shape.length);
    const count = between(random, 1, 5);
    const inputs: number[] = [];
    while (inputs.length < count) {
      const again = inputs.length > 0 && oneIn(random, 6);
      inputs.push(again ? random.pick(inputs) : builder.input({ ...values, shape }));
    }
    const output = builder.tensor({ ...values, shape: shape.toSpliced(axis, 0, count) });
    const stated = oneIn(random, 2) ? axis - shape.length - 1 : axis;
    builder.operator('PACK', inputs, [output], { axis: stated, values_count: count });
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
