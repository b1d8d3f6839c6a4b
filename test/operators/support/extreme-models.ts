/** Accepted models that drive every 32-bit sum, product and coordinate of the kernels beyond its range. */
import { elementCount } from '../../../src/ir/element-type.js';
import { GraphBuilder } from './graph-builder.js';
import type { OperatorCase } from './operator-case.js';

export interface ExtremeModel {
  readonly name: string;
  readonly subject: OperatorCase;
  /** Why TFLite Micro cannot be asked for the result; absent where it gives one. */
  readonly undefinedInTflm?: string;
}

const noPadding = { padding: 'VALID', stride_h: 1, stride_w: 1 };
const everywhere = { padding: 'SAME', stride_h: 1, stride_w: 1 };
const weightScale = { scales: [0.5], zeroPoints: [0], axis: 0 };
/** So coarse that results are between −128 and 127 whatever the sum. */
const coarse = { scale: 2 ** 24, zeroPoint: 3 };

interface Layer {
  readonly operator: string;
  readonly input: readonly number[];
  readonly zeroPoint: number;
  readonly filter?: { readonly shape: readonly number[]; readonly value: number; readonly zeroPoint?: number };
  readonly bias?: number;
  readonly output: readonly number[];
  readonly outputQuantization?: { readonly scale: number; readonly zeroPoint: number };
  readonly options: Readonly<Record<string, number | string | boolean>>;
  /** A constant list in slot 1. */
  readonly axes?: readonly number[];
  /** One inference for each: every input byte is the value. */
  readonly values?: readonly number[];
}

function build(layer: Layer): OperatorCase {
  const builder = new GraphBuilder();
  const quantization = { scale: 0.5, zeroPoint: layer.zeroPoint };
  const inputs = [builder.input({ shape: layer.input, quantization })];
  if (layer.filter !== undefined) {
    const { shape, value, zeroPoint = 0 } = layer.filter;
    const values = new Int8Array(elementCount(shape)).fill(value);
    inputs.push(builder.tensor({ shape, quantization: { ...weightScale, zeroPoints: [zeroPoint] } }, values));
    const channels = layer.output.at(-1) as number;
    inputs.push(
      builder.tensor(
        { type: 'int32', shape: [channels], quantization: { scale: 0.25, zeroPoint: 0 } },
        new Int32Array(channels).fill(layer.bias ?? 0),
      ),
    );
  }
  if (layer.axes !== undefined) inputs.push(builder.integers(layer.axes));
  const output = builder.tensor({ shape: layer.output, quantization: layer.outputQuantization ?? quantization });
  builder.operator(layer.operator, inputs, [output], layer.options);
  const bytes = elementCount(layer.input);
  return {
    graph: builder.build([output]),
    inferences: (layer.values ?? [-128, 127, 0]).map((value) => [new Uint8Array(bytes).fill(value)]),
  };
}

/** A row of equal values, whose exponentials add up to `depth` times the largest. */
function flatSoftmax(depth: number): OperatorCase {
  return build({
    operator: 'SOFTMAX',
    input: [1, depth],
    zeroPoint: 0,
    output: [1, depth],
    outputQuantization: { scale: 1 / 256, zeroPoint: -128 },
    options: { beta: 1 },
  });
}

export const extremeModels: readonly ExtremeModel[] = [
  {
    name: 'conv_border',
    subject: build({
      operator: 'CONV_2D',
      input: [1, 2, 2, 64],
      zeroPoint: -128,
      filter: { shape: [1, 46, 46, 64], value: 127 },
      output: [1, 2, 2, 1],
      outputQuantization: coarse,
      options: everywhere,
    }),
  },
  {
    name: 'depthwise_border',
    subject: build({
      operator: 'DEPTHWISE_CONV_2D',
      input: [1, 2, 2, 1],
      zeroPoint: -128,
      filter: { shape: [1, 366, 366, 1], value: -128 },
      output: [1, 2, 2, 1],
      outputQuantization: coarse,
      options: { ...everywhere, depth_multiplier: 1 },
    }),
  },
  {
    name: 'conv_bias_and_left_shift',
    subject: build({
      operator: 'CONV_2D',
      input: [1, 3, 3, 2],
      zeroPoint: 127,
      filter: { shape: [2, 2, 2, 2], value: -128 },
      bias: 2 ** 31 - 1,
      output: [1, 3, 3, 2],
      outputQuantization: { scale: 2 ** -20, zeroPoint: 3 },
      options: everywhere,
    }),
  },
  {
    name: 'long_dilation',
    subject: build({
      operator: 'CONV_2D',
      input: [1, 1, 1, 33100],
      zeroPoint: 127,
      filter: { shape: [1, 1, 3, 33100], value: 127 },
      output: [1, 1, 1, 1],
      outputQuantization: coarse,
      options: { ...everywhere, dilation_w_factor: 65535 },
    }),
  },
  {
    name: 'long_stride',
    subject: build({
      operator: 'DEPTHWISE_CONV_2D',
      input: [1, 1, 1, 33100],
      zeroPoint: -128,
      filter: { shape: [1, 1, 1, 33100], value: 127 },
      output: [1, 1, 1, 33100],
      options: { padding: 'SAME', stride_h: 65535, stride_w: 65535, depth_multiplier: 1 },
    }),
  },
  {
    name: 'dense_zero_point',
    subject: build({
      operator: 'FULLY_CONNECTED',
      input: [1, 33100],
      zeroPoint: -128,
      filter: { shape: [4, 33100], value: 127, zeroPoint: -128 },
      bias: -(2 ** 31),
      output: [1, 4],
      outputQuantization: coarse,
      options: {},
    }),
  },
  {
    name: 'pool_sum',
    subject: build({
      operator: 'AVERAGE_POOL_2D',
      input: [1, 4104, 4104, 1],
      zeroPoint: 0,
      output: [1, 1, 1, 1],
      options: { ...noPadding, filter_height: 4104, filter_width: 4104 },
      values: [-128, 127],
    }),
  },
  {
    name: 'mean_offset',
    subject: build({
      operator: 'MEAN',
      input: [4104, 4104],
      zeroPoint: -128,
      axes: [0, 1],
      output: [],
      options: { keep_dims: false },
      values: [127, 5],
    }),
  },
  { name: 'softmax_511', subject: flatSoftmax(511) },
  { name: 'softmax_513', subject: flatSoftmax(513), undefinedInTflm: 'shifts by 32' },
  { name: 'softmax_9000', subject: flatSoftmax(9000), undefinedInTflm: 'the sum overflows' },
];
