/** Random QUANTIZE: float32 with ties and numbers far outside the range; requantisation between 8-bit types. */
import type { ElementType } from '../../src/ir/element-type.js';
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCase, OperatorCases } from './support/operator-case.js';
import {
  between,
  oneIn,
  randomInferences,
  randomScale,
  randomShape,
  randomZeroPoint,
} from './support/random-tensors.js';

/** Float32 values around every kind of edge. Their quotient by `scale` stays within int32: beyond, C is undefined. */
function edgeValue(random: Random, scale: number): number {
  const noise = () => (random.uint32() - 2 ** 31) / 2 ** 31;
  switch (random.below(8)) {
    case 0: // ties
      return (between(random, -300, 300) + 0.5) * scale;
    case 1: // next to ties
      return (between(random, -300, 300) + 0.5) * scale * (1 + noise() * 2 ** -22);
    case 2:
      return between(random, -300, 300) * scale;
    case 3:
      return noise() * 2 ** between(random, 8, 30) * scale;
    case 4:
      return random.pick([0, -0, 2 ** -149, -(2 ** -149), 2 ** -126, 0.49999997 * scale, -0.49999997 * scale]);
    default:
      return noise() * 160 * scale;
  }
}

function fromFloat(random: Random): OperatorCase {
  const builder = new GraphBuilder();
  const shape = randomShape(random, between(random, 0, 4), 5);
  const scale = random.pick([randomScale(random), randomScale(random), randomScale(random, -60, 40)]);
  const input = builder.input({ type: 'float32', shape });
  const output = builder.tensor({ shape, quantization: { scale, zeroPoint: randomZeroPoint(random) } });
  builder.operator('QUANTIZE', [input], [output]);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const inferences = [0, 1].map(() => [
    new Uint8Array(Float32Array.from({ length: count }, () => edgeValue(random, scale)).buffer),
  ]);
  return { graph: builder.build([output]), inferences };
}

function between8BitTypes(random: Random): OperatorCase {
  const builder = new GraphBuilder();
  const [from, to] = random.pick<[ElementType, ElementType]>([
    ['int8', 'int8'],
    ['uint8', 'int8'],
    ['int8', 'uint8'],
  ]);
  const zeroPoint = (type: ElementType) => randomZeroPoint(random) + (type === 'uint8' ? 128 : 0);
  const input = { scale: randomScale(random), zeroPoint: zeroPoint(from) };
  // equal scales with zero points 128 apart take a path of their own in TFLite Micro
  const flipped = { scale: input.scale, zeroPoint: input.zeroPoint + (to === 'uint8' ? 128 : -128) };
  const real = random.pick([
    1,
    randomScale(random, -2, 2),
    2 ** between(random, -34, 20),
    randomScale(random, -34, 20),
  ]);
  const output =
    from !== to && oneIn(random, 3) ? flipped : { scale: Math.fround(input.scale / real), zeroPoint: zeroPoint(to) };
  const everyCode = oneIn(random, 2);
  const shape = everyCode ? [256] : randomShape(random, between(random, 0, 4), 5);
  const index = builder.input({ type: from, shape, quantization: input });
  const result = builder.tensor({ type: to, shape, quantization: output });
  builder.operator('QUANTIZE', [index], [result]);
  const graph = builder.build([result]);
  if (everyCode) return { graph, inferences: [[Uint8Array.from({ length: 256 }, (_, code) => code)]] };
  return { graph, inferences: randomInferences(random, graph) };
}

const cases: OperatorCases = {
  operator: 'QUANTIZE',
  generate: (random) => (oneIn(random, 2) ? fromFloat(random) : between8BitTypes(random)),
};
export default cases;
