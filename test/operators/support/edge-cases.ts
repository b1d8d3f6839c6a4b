/** Models whose arithmetic lies at an edge, each for one reason; for the interpreter, TensorFlow Lite Micro and the kernels. */
import { GraphBuilder } from './graph-builder.js';
import type { OperatorCase } from './operator-case.js';

export interface EdgeCase extends OperatorCase {
  readonly name: string;
  /** Outputs of the first inference. */
  readonly expected: readonly number[];
  /** Where C does not define what TFLite Micro computes; DESIGN.md does. */
  readonly undefinedInTflm?: true;
}

const codes = (...values: number[]): Uint8Array => Uint8Array.from(values, (value) => value & 255);

/**
 * CONV_2D of one value that passes every code on, 1 : 1, but for a fused activation. The bounds of the activation are
 * float32 quotients: 6 / 2.4 is 2.4999999 in real numbers, since float32(2.4) is above 2.4, and 2.5 in float32.
 */
function activation(name: string, scale: number, expected: readonly [low: number, high: number]): EdgeCase {
  const builder = new GraphBuilder();
  const quantization = { scale: Math.fround(scale), zeroPoint: -10 };
  const input = builder.input({ shape: [1, 1, 2, 1], quantization });
  const filter = builder.tensor({ shape: [1, 1, 1, 1], quantization: { scale: 1, zeroPoint: 0 } }, Int8Array.of(1));
  const bias = builder.tensor({ type: 'int32', shape: [1] }, Int32Array.of(0));
  const output = builder.tensor({ shape: [1, 1, 2, 1], quantization });
  const options = { padding: 'VALID', stride_w: 1, stride_h: 1, dilation_w_factor: 1, dilation_h_factor: 1 };
  builder.operator('CONV_2D', [input, filter, bias], [output], { ...options, fused_activation_function: name });
  return {
    name: `${name} at scale ${scale}`,
    graph: builder.build([output]),
    inferences: [[codes(-128, 127)]],
    expected,
  };
}

/** Rows of equal values: each has the probability 1 / count. */
function equalMaxima(count: number, expected: number): EdgeCase {
  const builder = new GraphBuilder();
  const input = builder.input({ shape: [1, count], quantization: { scale: 0.1, zeroPoint: 0 } });
  const output = builder.tensor({ shape: [1, count], quantization: { scale: 1 / 256, zeroPoint: -128 } });
  builder.operator('SOFTMAX', [input], [output], { beta: 1 });
  return {
    name: `SOFTMAX of ${count} equal values`,
    graph: builder.build([output]),
    inferences: [[new Uint8Array(count).fill(17)], [new Uint8Array(count).fill(128)]],
    expected: new Array<number>(count).fill(expected),
    ...(count < 512 ? {} : { undefinedInTflm: true }),
  };
}

/** The largest sum of FULLY_CONNECTED over one input of any code, `largest` = bias + 128 · 127. */
export function largestSum(largest: number): OperatorCase {
  const builder = new GraphBuilder();
  const input = builder.input({ shape: [1, 1], quantization: { scale: 1, zeroPoint: 0 } });
  const weights = builder.tensor({ shape: [1, 1], quantization: { scale: 1, zeroPoint: 0 } }, Int8Array.of(127));
  const bias = builder.tensor({ type: 'int32', shape: [1] }, Int32Array.of(largest - 128 * 127));
  const output = builder.tensor({ shape: [1, 1], quantization: { scale: 2 ** 25 - 2 ** 12, zeroPoint: -7 } });
  builder.operator('FULLY_CONNECTED', [input, weights, bias], [output], { fused_activation_function: 'NONE' });
  return { graph: builder.build([output]), inferences: [[codes(-128)], [codes(127)], [codes(0)], [codes(-1)]] };
}

function sum(largest: number, expected: number): EdgeCase {
  return { name: `FULLY_CONNECTED with sums up to ${largest}`, ...largestSum(largest), expected: [expected] };
}

export const edgeCases: readonly EdgeCase[] = [
  activation('RELU6', 2.4, [-10, -7]),
  activation('RELU6', 6 / 7.5, [-10, -2]),
  activation('RELU6', 6 / 100.5, [-10, 91]),
  activation('RELU_N1_TO_1', 1 / 2.5, [-13, -7]),
  activation('RELU', 2.4, [-10, 127]),
  equalMaxima(2, 0),
  equalMaxima(256, -127),
  equalMaxima(511, -127),
  equalMaxima(512, -128),
  equalMaxima(600, -128),
  equalMaxima(1500, -128),
  sum(2 ** 30 - 1, 25),
  sum(2 ** 30, 25),
  sum(2 ** 30 + 128 * 127, 25),
  sum(2 ** 31 - 1, 57),
];
