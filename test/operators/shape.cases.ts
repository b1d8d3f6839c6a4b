/** Random SHAPE. */
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, randomInferences, randomQuantization, randomShape } from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'SHAPE',
  generate(random) {
    const builder = new GraphBuilder();
    const shape = randomShape(random, between(random, 1, 5), 6);
    const input = builder.input(
      random.pick([
        { shape, quantization: randomQuantization(random) },
        { shape, type: 'float32' as const },
      ]),
    );
    const output = builder.tensor({ type: 'int32', shape: [shape.length] });
    builder.operator('SHAPE', [input], [output], { out_type: 'INT32' });
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
