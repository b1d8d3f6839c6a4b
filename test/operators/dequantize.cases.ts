/** Random DEQUANTIZE: scales over the whole range of float32 exponents that keep results normal. */
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomInferences,
  randomScale,
  randomShape,
  randomZeroPoint,
} from './support/random-tensors.js';

const cases: OperatorCases = {
  operator: 'DEQUANTIZE',
  generate(random) {
    const builder = new GraphBuilder();
    const everyCode = oneIn(random, 2);
    const shape = everyCode ? [256] : randomShape(random, between(random, 0, 4), 5);
    const scale = random.pick([randomScale(random), randomScale(random, -120, 110)]);
    const input = builder.input({ shape, quantization: { scale, zeroPoint: randomZeroPoint(random) } });
    const output = builder.tensor({ type: 'float32', shape });
    builder.operator('DEQUANTIZE', [input], [output]);
    const graph = builder.build([output]);
    if (everyCode) return { graph, inferences: [[Uint8Array.from({ length: 256 }, (_, code) => code)]] };
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
