/** Random TRANSPOSE: permutations of 1 to 5 dimensions. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType, valuesOf } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, randomInferences, randomPermutation, randomShape } from './support/random-tensors.js';

/** Appends `input` with its dimensions permuted. Returns it. */
export function appendTranspose(builder: GraphBuilder, random: Random, input: number): number {
  const shape = builder.shapeOf(input);
  const permutation = randomPermutation(random, shape.length);
  const output = builder.tensor({
    ...valuesOf(builder, input),
    shape: permutation.map((axis) => shape[axis] as number),
  });
  builder.operator('TRANSPOSE', [input, builder.integers(permutation)], [output]);
  return output;
}

const cases: OperatorCases = {
  operator: 'TRANSPOSE',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'TRANSPOSE'));
    const input = builder.input({ ...values, shape: randomShape(random, between(random, 1, 5), 5) });
    const graph = builder.build([appendTranspose(builder, random, input)]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
