/** Operators that map each code to a code: inputs that hold every code there is. */

import type { TensorQuantization } from '../../../src/operators/support/quantization.js';
import type { Random } from '../../support/random.js';
import { GraphBuilder } from './graph-builder.js';
import type { OperatorCase } from './operator-case.js';
import { randomInferences, randomShape } from './random-tensors.js';

/** One tensor through operator `name`; one inference is all 256 codes, others are random. */
export function unaryCase(
  random: Random,
  name: string,
  input: TensorQuantization,
  output: TensorQuantization,
): OperatorCase {
  const builder = new GraphBuilder();
  const everyCode = random.below(2) === 0;
  const shape = everyCode ? random.pick([[256], [1, 256], [2, 8, 16]]) : randomShape(random, random.below(5), 5);
  const from = builder.input({ shape, quantization: input });
  const to = builder.tensor({ shape, quantization: output });
  builder.operator(name, [from], [to]);
  const graph = builder.build([to]);
  if (everyCode) return { graph, inferences: [[Uint8Array.from({ length: 256 }, (_, code) => code)]] };
  return { graph, inferences: randomInferences(random, graph) };
}
