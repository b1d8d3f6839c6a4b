/** Random pooling: windows that stick out of the image on every side, input and output quantised alike. */
import type { TensorQuantization } from '../../../src/operators/support/quantization.js';
import type { Random } from '../../support/random.js';
import { GraphBuilder } from './graph-builder.js';
import type { OperatorCases } from './operator-case.js';
import {
  between,
  oneIn,
  randomActivation,
  randomInferences,
  randomQuantization,
  randomShape,
} from './random-tensors.js';
import { randomWindow } from './windows.js';

/** Scales may differ by up to 1e-6; the result does not depend on the output's but for the fused activation. */
function pooled(builder: GraphBuilder, random: Random, input: number): TensorQuantization {
  const { scale, zeroPoint } = builder.quantizationOf(input);
  return { scale: oneIn(random, 8) ? Math.fround(scale + 5e-7) : scale, zeroPoint };
}

/** Appends the pooling operator `name` that reads the NHWC tensor `input`. Returns its output. */
export function appendPool(builder: GraphBuilder, random: Random, input: number, name: string): number {
  const [batch, height, width, channels] = builder.shapeOf(input) as [number, number, number, number];
  const { padding, vertical, horizontal } = randomWindow(random, height, width, false);
  const shape = [batch, vertical.output, horizontal.output, channels];
  const unquantized = builder.tensors[input]?.quantization === undefined;
  const result = builder.tensor(unquantized ? { shape } : { shape, quantization: pooled(builder, random, input) });
  builder.operator(name, [input], [result], {
    padding,
    stride_h: vertical.stride,
    stride_w: horizontal.stride,
    filter_height: vertical.kernel,
    filter_width: horizontal.kernel,
    fused_activation_function: unquantized ? random.pick(['NONE', 'TANH']) : randomActivation(random),
  });
  return result;
}

export function poolCases(operator: string): OperatorCases {
  return {
    operator,
    generate(random) {
      const builder = new GraphBuilder();
      const [height, width] = randomShape(random, 2, 9) as [number, number];
      const shape = [between(random, 1, 2), height, width, between(random, 1, 6)];
      const input = builder.input(oneIn(random, 12) ? { shape } : { shape, quantization: randomQuantization(random) });
      const graph = builder.build([appendPool(builder, random, input, operator)]);
      return { graph, inferences: randomInferences(random, graph) };
    },
  };
}
