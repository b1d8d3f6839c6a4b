/** What operators refuse: each case has one mistake, and the problem has to name it and the place. */
import { describe, expect, it } from 'vitest';
import type { ElementType } from '../../src/ir/element-type.js';
import type { Graph, Options } from '../../src/ir/graph.js';
import { prepareGraph } from '../../src/operators/registry.js';
import { problemsOf } from '../support/problems.js';
import { GraphBuilder, type TensorValues } from './support/graph-builder.js';

const quantization = { scale: 0.5, zeroPoint: 3 };
const probability = { scale: 1 / 256, zeroPoint: -128 };
const int8 = (...shape: number[]): TensorValues => ({ shape, quantization });
const plain = (type: ElementType, ...shape: number[]): TensorValues => ({ type, shape });
const perChannel = (scales: number[], axis = 0, zeroPoints = scales.map(() => 0)) => ({ scales, zeroPoints, axis });

/** A constant int32 tensor. */
const integers = (values: readonly number[], shape?: readonly number[]) => ({ integers: values, shape });
type Input = TensorValues | ReturnType<typeof integers> | { readonly weights: TensorValues } | 'omitted';

/** An operator on tensors of their own, numbered inputs first; `weights` are constant. */
function operator(
  name: string,
  inputs: readonly Input[],
  outputs: readonly TensorValues[],
  options: Options = {},
): Graph {
  const builder = new GraphBuilder();
  const from = inputs.map((input) => {
    if (input === 'omitted') return -1;
    if ('integers' in input) return builder.integers(input.integers, input.shape ?? [input.integers.length]);
    if (!('weights' in input)) return builder.input(input);
    const count = input.weights.shape.reduce((product, extent) => product * extent, 1);
    const values = { int8: new Int8Array(count), int16: new Int16Array(count), int32: new Int32Array(count) };
    return builder.tensor(input.weights, values[(input.weights.type ?? 'int8') as 'int8' | 'int16' | 'int32']);
  });
  const to = outputs.map((output) => builder.tensor(output));
  builder.operator(name, from, to, options);
  return builder.build(to);
}

const window = { padding: 'SAME', stride_h: 1, stride_w: 1 };
const pool = { ...window, filter_height: 2, filter_width: 2 };

/** CONV_2D from [1, 4, 4, 2] to [1, 4, 4, 3] with one thing changed. */
function convolution({
  input = int8(1, 4, 4, 2),
  filter = { weights: { shape: [3, 1, 1, 2], quantization: perChannel([1, 1, 1]) } } as Input,
  bias = { weights: plain('int32', 3) } as Input,
  output = int8(1, 4, 4, 3),
  options = {} as Options,
}): Graph {
  return operator('CONV_2D', [input, filter, bias], [output], { ...window, ...options });
}
const filter = (shape: number[], scales: ReturnType<typeof perChannel>) => ({
  weights: { shape, quantization: scales },
});

/** [what is wrong, model, code, tensor the problem names (-1: the operator alone), what the message says] */
type Refusal = readonly [string, Graph, string, number, RegExp];

const refusals: readonly Refusal[] = [
  ['int16 input', operator('ADD', [plain('int16', 4), int8(4)], [int8(4)]), 'type', 0, /int16; ADD supports int8/],
  ['float32 input', convolution({ input: plain('float32', 1, 4, 4, 2) }), 'type', 0, /float32/],
  ['uint8 output', operator('SOFTMAX', [int8(1, 4)], [plain('uint8', 1, 4)]), 'type', 1, /uint8/],
  ['dequantising to int8', operator('DEQUANTIZE', [int8(4)], [int8(4)]), 'type', 1, /supports float32/],
  [
    'mixed types',
    operator('CONCATENATION', [plain('int32', 2), plain('int16', 2)], [plain('int32', 4)]),
    'type',
    1,
    /int16; CONCATENATION supports int32 here like the values before it/,
  ],
  ['a copy that converts', operator('RESHAPE', [plain('int32', 4)], [plain('int16', 4)]), 'type', 1, /int16/],
  [
    'a string tensor',
    operator('TRANSPOSE', [plain('string', 4), integers([0])], [plain('string', 4)]),
    'type',
    0,
    /string/,
  ],
  ['extents as int64', operator('SHAPE', [int8(4)], [plain('int64', 1)]), 'type', 1, /int64/],
  ['an axis as float32', operator('MEAN', [int8(4), plain('float32', 1)], [int8()]), 'type', 1, /int32, int64/],
  ['bias as int16', convolution({ bias: { weights: plain('int16', 3) } }), 'type', 2, /int16/],

  ['no quantisation', operator('RELU', [{ shape: [4] }], [int8(4)]), 'quantization', 0, /no quantisation/],
  [
    'activations per channel',
    operator('MUL', [{ shape: [2], quantization: perChannel([1, 2]) }, int8(2)], [int8(2)]),
    'quantization',
    0,
    /2 scales/,
  ],
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(
    (scale): Refusal => [
      `scale ${scale}`,
      operator('RELU6', [{ shape: [4], quantization: { scale, zeroPoint: 0 } }], [int8(4)]),
      'quantization',
      0,
      /positive finite/,
    ],
  ),
  [
    'a zero point outside the type',
    operator('ADD', [int8(4), { shape: [4], quantization: { scale: 1, zeroPoint: 128 } }], [int8(4)]),
    'quantization',
    1,
    /128/,
  ],
  [
    'a factor beyond 2^30',
    operator('RELU', [int8(4)], [{ shape: [4], quantization: { scale: 2 ** -40, zeroPoint: 0 } }]),
    'quantization',
    -1,
    /factor/,
  ],
  [
    'an output far finer than its inputs',
    operator('ADD', [int8(4), int8(4)], [{ shape: [4], quantization: { scale: 2 ** -22, zeroPoint: 0 } }]),
    'quantization',
    2,
    /too small/,
  ],
  ['another scale of LOGISTIC', operator('LOGISTIC', [int8(4)], [int8(4)]), 'quantization', 1, /1\/256/],
  ['another scale of SOFTMAX', operator('SOFTMAX', [int8(4)], [int8(4)]), 'quantization', 1, /1\/256/],
  [
    'a beta that makes SOFTMAX flat',
    operator('SOFTMAX', [int8(4)], [{ shape: [4], quantization: probability }], { beta: 1e-12 }),
    'quantization',
    0,
    /too small/,
  ],
  [
    'pooling that rescales',
    operator('MAX_POOL_2D', [int8(1, 2, 2, 1)], [{ shape: [1, 2, 2, 1], quantization: probability }], pool),
    'quantization',
    1,
    /equal quantisation/,
  ],
  [
    'joined tensors quantised differently',
    operator('CONCATENATION', [int8(2), { shape: [2], quantization: probability }], [int8(4)]),
    'quantization',
    1,
    /differently/,
  ],
  [
    'a fill value quantised differently',
    operator(
      'PADV2',
      [int8(2), integers([0, 1], [1, 2]), { weights: { shape: [], quantization: probability } }],
      [int8(3)],
    ),
    'quantization',
    2,
    /differently/,
  ],
  [
    'fewer scales than channels',
    convolution({ filter: filter([3, 1, 1, 2], perChannel([1, 2])) }),
    'quantization',
    1,
    /2 scales/,
  ],
  [
    'more scales than channels',
    convolution({ filter: filter([3, 1, 1, 2], perChannel([1, 2, 3, 4])) }),
    'quantization',
    1,
    /4 scales/,
  ],
  [
    'scales along another axis',
    convolution({ filter: filter([3, 1, 1, 2], perChannel([1, 2, 3], 3)) }),
    'quantization',
    1,
    /axis 3/,
  ],
  [
    'fewer scales than units',
    operator('FULLY_CONNECTED', [int8(1, 2), filter([3, 2], perChannel([1, 2], 1)), 'omitted'], [int8(1, 3)]),
    'quantization',
    1,
    /2 scales along axis 1 .* 3 output channels/,
  ],
  ...(['RELU6', 'RELU_N1_TO_1'] as const).map(
    (activation): Refusal => [
      `a bound of ${activation} beyond 32 bits`,
      convolution({
        output: {
          shape: [1, 4, 4, 3],
          quantization: { scale: activation === 'RELU6' ? 2 ** -29 : 2 ** -31, zeroPoint: 5 },
        },
        input: { shape: [1, 4, 4, 2], quantization: { scale: 2 ** -24, zeroPoint: 0 } },
        options: { fused_activation_function: activation },
      }),
      'quantization',
      3,
      /bound (6|1) of the fused activation .* 32 bits/,
    ],
  ),
  [
    'a fused RELU without quantisation',
    operator('MAX_POOL_2D', [{ shape: [1, 2, 2, 1] }], [{ shape: [1, 2, 2, 1] }], {
      ...pool,
      fused_activation_function: 'RELU',
    }),
    'quantization',
    1,
    /scale 0/,
  ],
  [
    'one quantised tensor joined with one that is not',
    operator('CONCATENATION', [int8(2), { shape: [2] }], [int8(4)]),
    'quantization',
    1,
    /differently/,
  ],
  [
    'uint8 joined with another quantisation',
    operator(
      'CONCATENATION',
      [
        { type: 'uint8', shape: [2], quantization },
        { type: 'uint8', shape: [2], quantization: { ...quantization, scale: 1 } },
      ],
      [{ type: 'uint8', shape: [4], quantization }],
    ),
    'quantization',
    1,
    /differently/,
  ],
  [
    'int16 joined with a zero point',
    operator(
      'CONCATENATION',
      [{ type: 'int16', shape: [2], quantization }],
      [{ type: 'int16', shape: [2], quantization }],
    ),
    'quantization',
    0,
    /Zero points are 3 and 3/,
  ],
  [
    'a bias without a scale where the one it would have is large',
    operator(
      'FULLY_CONNECTED',
      [int8(1, 2), filter([3, 2], perChannel([1])), { weights: plain('int32', 3) }],
      [int8(1, 3)],
    ),
    'quantization',
    2,
    /bias scale 0 is not/,
  ],
  [
    'a window that spans more than coordinates can count',
    convolution({
      filter: filter([3, 1, 4097, 2], perChannel([1])),
      options: { dilation_w_factor: 65535 },
    }),
    'option',
    -1,
    /4097 cells, 65535 apart/,
  ],

  [
    'weights from outside',
    convolution({ filter: { shape: [3, 1, 1, 2], quantization: perChannel([1]) } }),
    'option',
    1,
    /run time/,
  ],
  ['bias from outside', convolution({ bias: plain('int32', 3) }), 'option', 2, /run time/],
  [
    'a bias that is too short',
    convolution({ bias: { weights: plain('int32', 1, 1) } }),
    'shape',
    2,
    /\[1,1\].* 3 output .* behind its end/,
  ],
  [
    'a filter of three dimensions',
    convolution({ filter: filter([3, 1, 2], perChannel([1])) }),
    'shape',
    1,
    /3 dimensions/,
  ],
  ['a filter that divides no groups', convolution({ input: int8(1, 4, 4, 5) }), 'shape', 1, /groups/],
  ['an empty filter', convolution({ filter: filter([3, 0, 1, 2], perChannel([1])) }), 'shape', 1, /groups/],
  ['an output of another size', convolution({ output: int8(1, 4, 3, 3) }), 'shape', 3, /\[1,4,3,3\].*\[1,4,4,3\]/],
  ['stride 0', convolution({ options: { stride_h: 0 } }), 'invalid', -1, /stride_h is 0/],
  ['a negative stride', convolution({ options: { stride_w: -2 } }), 'invalid', -1, /stride_w is -2/],
  ['dilation 0', convolution({ options: { dilation_w_factor: 0 } }), 'invalid', -1, /dilation_w_factor is 0/],
  ['unknown padding', convolution({ options: { padding: 7 } }), 'option', -1, /Padding 7/],
  ['an unknown activation', convolution({ options: { fused_activation_function: 42 } }), 'option', -1, /42/],
  [
    'a depth multiplier against the shapes',
    operator(
      'DEPTHWISE_CONV_2D',
      [int8(1, 2, 2, 2), filter([1, 1, 1, 4], perChannel([1], 3)), 'omitted'],
      [int8(1, 2, 2, 4)],
      { ...window, depth_multiplier: 3 },
    ),
    'invalid',
    1,
    /depth_multiplier is 3.*give 2/,
  ],
  [
    'weights in another format',
    operator('FULLY_CONNECTED', [int8(1, 2), filter([3, 2], perChannel([1])), 'omitted'], [int8(1, 3)], {
      weights_format: 'SHUFFLED4x16INT8',
    }),
    'option',
    1,
    /SHUFFLED/,
  ],
  [
    'weights of another depth',
    operator('FULLY_CONNECTED', [int8(1, 5), filter([3, 2], perChannel([1])), 'omitted'], [int8(1, 3)]),
    'shape',
    1,
    /do not fit/,
  ],
  [
    'a window without rows',
    operator('AVERAGE_POOL_2D', [int8(1, 2, 2, 1)], [int8(1, 2, 2, 1)], { ...pool, filter_height: 0 }),
    'invalid',
    -1,
    /filter_height is 0/,
  ],

  ['an axis from outside', operator('MEAN', [int8(2, 2), plain('int32', 1)], [int8(2)]), 'option', 1, /run time/],
  ['an axis behind the last', operator('MEAN', [int8(2, 2), integers([2])], [int8(2)]), 'invalid', 0, /Axis 2/],
  ['an axis before the first', operator('MEAN', [int8(2, 2), integers([-3])], [int8(2)]), 'invalid', 0, /Axis -3/],
  ['the mean of nothing', operator('MEAN', [int8(2, 0), integers([1])], [int8(2)]), 'shape', 0, /empty/],
  [
    'a reduction with too many loops',
    operator('MEAN', [int8(2, 2, 2, 2, 2, 2, 2, 2), integers([0, 2, 4, 6])], [int8(2, 2, 2, 2)]),
    'option',
    1,
    /nested loops/,
  ],
  ['a negative padding', operator('PAD', [int8(4), integers([-1, 0], [1, 2])], [int8(3)]), 'invalid', 1, /negative/],
  [
    'paddings for another rank',
    operator('PAD', [int8(4), integers([0, 0, 0, 0], [2, 2])], [int8(4)]),
    'shape',
    1,
    /\[2,2\]/,
  ],
  ['paddings from outside', operator('PAD', [int8(4), plain('int32', 1, 2)], [int8(4)]), 'option', 1, /run time/],
  [
    'several fill values',
    operator('PADV2', [plain('int32', 2), integers([0, 1], [1, 2]), integers([1, 2])], [plain('int32', 3)]),
    'shape',
    2,
    /scalar/,
  ],
  [
    'joining along a missing axis',
    operator('CONCATENATION', [int8(2), int8(2)], [int8(4)], { axis: 1 }),
    'invalid',
    2,
    /Axis 1/,
  ],
  [
    'joining with an activation',
    operator('CONCATENATION', [int8(2), int8(2)], [int8(4)], { fused_activation_function: 'RELU' }),
    'option',
    -1,
    /RELU/,
  ],
  [
    'parts that do not fit side by side',
    operator('CONCATENATION', [int8(2, 2), int8(3, 2)], [int8(2, 4)], { axis: 1 }),
    'shape',
    1,
    /\[3,2\]/,
  ],
  [
    'stacking along a missing axis',
    operator('PACK', [int8(2), int8(2)], [int8(2, 2)], { axis: 2, values_count: 2 }),
    'invalid',
    0,
    /Axis 2/,
  ],
  [
    'stacking different shapes',
    operator('PACK', [int8(2), int8(3)], [int8(2, 2)], { axis: 0, values_count: 2 }),
    'shape',
    1,
    /\[3\]/,
  ],
  ['unequal parts', operator('SPLIT', [integers([0], []), int8(5)], [int8(2), int8(3)]), 'shape', 1, /cannot be split/],
  ['no axis to split along', operator('SPLIT', [integers([]), int8(4)], [int8(2), int8(2)]), 'invalid', 0, /0 axes/],
  [
    'splitting along a missing axis',
    operator('SPLIT', [integers([-2], []), int8(4)], [int8(2), int8(2)]),
    'invalid',
    1,
    /Axis -2/,
  ],
  [
    'parts that are too large',
    operator('SPLIT_V', [int8(4), integers([3, 3]), integers([0], [])], [int8(3), int8(3)]),
    'shape',
    0,
    /\[3,3\]/,
  ],
  [
    'a part of negative size',
    operator('SPLIT_V', [int8(4), integers([6, -2]), integers([0], [])], [int8(6), int8(0)]),
    'shape',
    0,
    /\[6,-2\]/,
  ],
  [
    'two parts that take the rest',
    operator('SPLIT_V', [int8(4), integers([-1, -1]), integers([0], [])], [int8(2), int8(2)]),
    'shape',
    0,
    /\[4,4\]/,
  ],
  [
    'a slice with stride 0',
    operator('STRIDED_SLICE', [int8(4), integers([0]), integers([4]), integers([0])], [int8(4)]),
    'invalid',
    3,
    /axis 0 is 0/,
  ],
  [
    'a slice with an ellipsis',
    operator('STRIDED_SLICE', [int8(4), integers([0]), integers([4]), integers([1])], [int8(4)], { ellipsis_mask: 1 }),
    'option',
    -1,
    /ellipsis_mask/,
  ],
  [
    'a slice of more axes than there are',
    operator('STRIDED_SLICE', [int8(4), integers([0, 0]), integers([4, 4]), integers([1, 1])], [int8(4)]),
    'invalid',
    0,
    /2, 2 and 2 entries for 1/,
  ],
  [
    'a slice at an index that is not there',
    operator('STRIDED_SLICE', [int8(0), integers([0]), integers([1]), integers([1])], [int8()], {
      shrink_axis_mask: 1,
    }),
    'invalid',
    1,
    /Index 0/,
  ],
  [
    'a slice that begins anywhere',
    operator('STRIDED_SLICE', [int8(4), plain('int32', 1), integers([4]), integers([1])], [int8(4)]),
    'option',
    1,
    /run time/,
  ],
  [
    'an axis twice',
    operator('TRANSPOSE', [int8(2, 2), integers([0, 0])], [int8(2, 2)]),
    'invalid',
    1,
    /not a permutation/,
  ],
  [
    'a permutation of fewer axes',
    operator('TRANSPOSE', [int8(2, 2), integers([0])], [int8(2, 2)]),
    'invalid',
    1,
    /not a permutation/,
  ],
  [
    'a permutation with a missing axis',
    operator('TRANSPOSE', [int8(2, 2), integers([0, 7])], [int8(2, 2)]),
    'invalid',
    0,
    /Axis 7/,
  ],
  ['a reshape that loses elements', operator('RESHAPE', [int8(2, 3)], [int8(5)]), 'shape', 1, /different numbers/],
  ['a squeeze that loses elements', operator('SQUEEZE', [int8(2, 1)], [int8(1)]), 'shape', 1, /different numbers/],
  ['shapes that do not broadcast', operator('MUL', [int8(2), int8(3)], [int8(3)]), 'shape', -1, /\[2\] and \[3\]/],
  [
    'an input of higher rank than the output',
    operator('ADD', [int8(1, 2), int8(2)], [int8(2)]),
    'shape',
    0,
    /more dimensions/,
  ],
  ['an activation that changes the shape', operator('RELU', [int8(2)], [int8(3)]), 'shape', 1, /\[3\].*\[2\]/],

  ['an omitted input', operator('ADD', [int8(2), 'omitted'], [int8(2)]), 'invalid', -1, /Input 1 is missing/],
  ['no inputs', operator('PACK', [], [int8(2)]), 'invalid', -1, /1 or more inputs \(values …\); this one has 0/],
  ['no outputs', operator('RELU', [int8(2)], []), 'invalid', -1, /takes 1 output \(output\); this one has 0/],
  ['an unknown operator', operator('CUSTOM:Filter', [int8(2)], [int8(2)]), 'operator', -1, /CUSTOM:Filter/],
];

const codes: Readonly<Record<string, string>> = {
  type: 'model/unsupported-type',
  quantization: 'model/unsupported-quantization',
  option: 'model/unsupported-option',
  shape: 'model/shape',
  invalid: 'model/invalid',
  operator: 'model/unsupported-operator',
};

describe('operators refuse', () => {
  it.each(refusals)('%s', (_, graph, code, tensor, message) => {
    const problems = problemsOf(() => prepareGraph(graph));
    expect(problems).toMatchObject([
      {
        code: codes[code],
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/\.$/),
        place: { operator: { index: 0, name: graph.operators[0]?.name } },
      },
    ]);
    expect(problems[0]?.place.tensor?.index ?? -1).toBe(tensor);
  });

  it('tensors that keep state', () => {
    const graph = operator('RELU', [int8(2)], [int8(2)]);
    const tensors = graph.tensors.map((tensor) => ({ ...tensor, isVariable: tensor.index === 0 }));
    expect(problemsOf(() => prepareGraph({ ...graph, tensors }))).toMatchObject([
      { code: 'model/unsupported-type', place: { tensor: { index: 0 } } },
    ]);
  });

  it('nothing in the models these cases were made from', () => {
    const sound = [
      convolution({}),
      operator('MAX_POOL_2D', [int8(1, 2, 2, 1)], [int8(1, 2, 2, 1)], pool),
      operator('MEAN', [int8(2, 2), integers([-1])], [int8(2)]),
      operator('SPLIT', [integers([0], []), int8(4)], [int8(2), int8(2)]),
      operator('SOFTMAX', [int8(1, 40950)], [{ shape: [1, 40950], quantization: probability }]),
    ];
    expect(sound.flatMap((graph) => problemsOf(() => prepareGraph(graph)))).toEqual([]);
  });
});
