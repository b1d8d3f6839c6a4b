/** Random PAD: int8 is filled with the output's zero point, whatever the input's. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType, valuesOf } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { appendPaddings } from './support/pad-cases.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

/** Appends `input` with a border. Returns it. */
export function appendPad(builder: GraphBuilder, random: Random, input: number): number {
  const { tensor, shape } = appendPaddings(builder, random, builder.shapeOf(input));
  const values = valuesOf(builder, input);
  const output = builder.tensor({ ...(oneIn(random, 4) ? movedValues(random, values.type ?? 'int8') : values), shape });
  builder.operator('PAD', [input, tensor], [output]);
  return output;
}

const cases: OperatorCases = {
  operator: 'PAD',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'PAD'));
    const input = builder.input({ ...values, shape: randomShape(random, between(random, 1, 5), 4) });
    const graph = builder.build([appendPad(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
