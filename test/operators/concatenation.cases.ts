/** Random CONCATENATION: 1 to 10 inputs along any axis, one tensor several times, constants. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType, valuesOf } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomBytes, randomInferences, randomShape } from './support/random-tensors.js';

/** Appends the concatenation of `inputs` along `axis`. Returns it. */
export function appendConcatenation(
  builder: GraphBuilder,
  random: Random,
  inputs: readonly number[],
  axis: number,
): number {
  const first = builder.shapeOf(inputs[0] as number);
  const joined = inputs.reduce((total, input) => total + (builder.shapeOf(input)[axis] as number), 0);
  const output = builder.tensor({ ...valuesOf(builder, inputs[0] as number), shape: first.with(axis, joined) });
  const stated = oneIn(random, 2) ? axis - first.length : axis;
  builder.operator('CONCATENATION', inputs, [output], { axis: stated, fused_activation_function: 'NONE' });
  return output;
}

const cases: OperatorCases = {
  operator: 'CONCATENATION',
  generate(random) {
    const builder = new GraphBuilder();
    const type = randomMovedType(random, 'CONCATENATION');
    const values = movedValues(random, type);
    const shape = randomShape(random, between(random, 1, 4), 4);
    const axis = random.below(shape.length);
    const inputs: number[] = [];
    for (let count = between(random, 1, 10); count > 0; count--) {
      const own = shape.with(axis, between(random, 1, 4));
      const elements = own.reduce((product, extent) => product * extent, 1);
      const kind = inputs.length === 0 ? 'input' : random.pick(['input', 'input', 'input', 'again', 'constant']);
      if (kind === 'again') inputs.push(random.pick(inputs));
      else if (kind === 'constant' && type === 'int8') {
        inputs.push(builder.tensor({ ...values, shape: own }, new Int8Array(randomBytes(random, elements).buffer)));
      } else inputs.push(builder.input({ ...values, shape: own }));
    }
    const graph = builder.build([appendConcatenation(builder, random, inputs, axis)]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
