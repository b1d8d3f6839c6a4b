/** Random RESHAPE: the new shape as an option or as a tensor, to and from every rank. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType, valuesOf } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

/** Appends `input` under a random other shape. Returns it. */
export function appendReshape(builder: GraphBuilder, random: Random, input: number): number {
  const count = builder.shapeOf(input).reduce((product, extent) => product * extent, 1);
  const shape: number[] = [];
  let rest = count;
  for (let axis = between(random, 0, 4); axis > 0; axis--) {
    const divisors = Array.from({ length: rest }, (_, i) => i + 1).filter((candidate) => rest % candidate === 0);
    const extent = random.pick(divisors);
    shape.push(extent);
    rest /= extent;
  }
  shape.push(rest);
  const output = builder.tensor({ ...valuesOf(builder, input), shape });
  // the operator's own statement of the shape; the stored shape of the output is what counts
  const stated = shape.map((extent, axis) => (axis === 0 ? -1 : extent));
  if (oneIn(random, 2)) builder.operator('RESHAPE', [input], [output], { new_shape: shape });
  else builder.operator('RESHAPE', [input, builder.integers(random.pick([shape, stated]))], [output]);
  return output;
}

const cases: OperatorCases = {
  operator: 'RESHAPE',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'RESHAPE'));
    const input = builder.input({ ...values, shape: randomShape(random, between(random, 0, 5), 4) });
    const graph = builder.build([appendReshape(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
