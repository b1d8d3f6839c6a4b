/** Random PADV2: any fill value in the type and quantisation of the output. */
import { allocate, type TensorData } from '../../src/ir/element-type.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { appendPaddings } from './support/pad-cases.js';
import { between, randomInferences, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'PADV2',
  generate(random) {
    const builder = new GraphBuilder();
    const type = randomMovedType(random, 'PADV2');
    const values = movedValues(random, type);
    const shape = randomShape(random, between(random, 1, 5), 4);
    const input = builder.input({ ...values, shape });
    const paddings = appendPaddings(builder, random, shape);
    const fill = allocate(type, 1) as TensorData;
    fill[0] = random.uint32() as never;
    const value = builder.tensor({ ...values, shape: random.pick([[], [1]]) }, fill);
    const output = builder.tensor({ ...values, shape: paddings.shape });
    builder.operator('PADV2', [input, paddings.tensor, value], [output]);
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
