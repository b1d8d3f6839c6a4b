/** Random networks in which many channels have one value for every input, as the clamping of a RELU leaves them. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences } from './support/random-tensors.js';

const relu = { scale: 0.05, zeroPoint: -128 };

/** Weights and a bias that leaves about half of the channels at one end of their range. */
function appendFilter(builder: GraphBuilder, random: Random, shape: readonly number[], axis: number) {
  const channels = shape[axis] as number;
  const count = shape.reduce((product, extent) => product * extent, 1);
  const perChannel = oneIn(random, 2);
  const scales = Array.from({ length: perChannel ? channels : 1 }, () =>
    Math.fround(0.01 + random.below(100) / 10_000),
  );
  const quantization = { scales, zeroPoints: scales.map(() => 0), axis };
  const weights = builder.tensor(
    { shape, quantization },
    Int8Array.from({ length: count }, () => random.below(255) - 127),
  );
  if (oneIn(random, 8)) return [weights];
  const far = [-(2 ** 24), -(2 ** 24), 2 ** 24];
  const bias = builder.tensor(
    { type: 'int32', shape: [channels] },
    Int32Array.from({ length: channels }, () => (oneIn(random, 2) ? random.pick(far) : random.below(2000) - 1000)),
  );
  return [weights, bias];
}

function appendConvolution(builder: GraphBuilder, random: Random, input: number, channels: number): number {
  const [batch, height, width, inputs] = builder.shapeOf(input) as [number, number, number, number];
  const kernel = random.pick([1, 1, 3]);
  const padding = random.pick(['SAME', 'VALID']);
  const lost = padding === 'VALID' ? kernel - 1 : 0;
  if (height <= lost || width <= lost) return input;
  const filter = appendFilter(builder, random, [channels, kernel, kernel, inputs], 0);
  const zeroPoint = oneIn(random, 5) ? -100 : -128;
  const output = builder.tensor({
    shape: [batch, height - lost, width - lost, channels],
    quantization: { ...relu, zeroPoint },
  });
  const fused = { fused_activation_function: oneIn(random, 6) ? 'NONE' : 'RELU' };
  builder.operator('CONV_2D', [input, ...filter], [output], { padding, stride_h: 1, stride_w: 1, ...fused });
  return output;
}

function appendDepthwise(builder: GraphBuilder, random: Random, input: number): number {
  const shape = builder.shapeOf(input);
  const channels = shape[3] as number;
  const filter = appendFilter(builder, random, [1, 3, 3, channels], 3);
  const output = builder.tensor({ shape, quantization: relu });
  const options = { padding: 'SAME', stride_h: 1, stride_w: 1, depth_multiplier: 1, fused_activation_function: 'RELU' };
  builder.operator('DEPTHWISE_CONV_2D', [input, ...filter], [output], options);
  return output;
}

function appendMiddle(builder: GraphBuilder, random: Random, input: number): number {
  const shape = builder.shapeOf(input);
  const quantization = builder.quantizationOf(input);
  switch (random.below(4)) {
    case 0:
      return appendDepthwise(builder, random, input);
    case 1: {
      const other = appendConvolution(builder, random, input, shape[3] as number);
      if (builder.shapeOf(other)[1] !== shape[1]) return other;
      const sum = builder.tensor({ shape, quantization: { scale: 0.08, zeroPoint: -128 } });
      builder.operator('ADD', [input, other], [sum]);
      return sum;
    }
    case 2: {
      const output = builder.tensor({ shape, quantization: { scale: Math.fround(0.07), zeroPoint: -128 } });
      builder.operator('RELU', [input], [output]);
      return output;
    }
    default: {
      const output = builder.tensor({ shape, quantization });
      const window = { filter_height: 2, filter_width: 2, stride_h: 1, stride_w: 1, padding: 'SAME' };
      builder.operator(random.pick(['MAX_POOL_2D', 'AVERAGE_POOL_2D']), [input], [output], window);
      return output;
    }
  }
}

const cases: OperatorCases = {
  operator: 'CONV_2D',
  generate(random) {
    const builder = new GraphBuilder();
    const shape = [1, between(random, 3, 6), between(random, 3, 6), between(random, 1, 3)];
    let current = builder.input({ shape, quantization: { scale: 0.02, zeroPoint: -3 } });
    const channels = random.pick([4, 7, 8, 12]);
    current = appendConvolution(builder, random, current, channels);
    for (let steps = between(random, 1, 4); steps > 0; steps--) current = appendMiddle(builder, random, current);
    current = appendConvolution(builder, random, current, random.pick([3, 8]));
    if (oneIn(random, 2)) {
      const [, height, width, depth] = builder.shapeOf(current) as [number, number, number, number];
      const pooled = builder.tensor({ shape: [1, 1, 1, depth], quantization: builder.quantizationOf(current) });
      const window = { filter_height: height, filter_width: width, stride_h: 1, stride_w: 1, padding: 'VALID' };
      builder.operator('AVERAGE_POOL_2D', [current], [pooled], window);
      const flat = builder.tensor({ shape: [1, depth], quantization: builder.quantizationOf(current) });
      builder.operator('RESHAPE', [pooled, builder.integers([1, depth])], [flat]);
      const output = builder.tensor({ shape: [1, 5], quantization: { scale: 0.3, zeroPoint: 4 } });
      builder.operator('FULLY_CONNECTED', [flat, ...appendFilter(builder, random, [5, depth], 0)], [output]);
      current = output;
    }
    const graph = builder.build([current]);
    return { graph, inferences: randomInferences(random, graph) };
  },
};
export default cases;
