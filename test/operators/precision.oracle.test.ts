/**
 * Where TFLite Micro computes with float32 and where with doubles, when it turns scales into integers. The two differ in
 * one result of many thousands, so random models hardly ever notice. These models are searched for: each has another
 * output in the other precision.
 */
import { describe, expect, it } from 'vitest';
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundHalfAway,
} from '../../src/operators/support/fixed-point.js';
import { tflmAbsent } from '../oracle/oracle.js';
import { createRandom, type Random } from '../support/random.js';
import { describeCase, difference, interpretCase, runCasesInTflm } from './support/evaluate.js';
import { GraphBuilder } from './support/graph-builder.js';
import type { OperatorCase } from './support/operator-case.js';

type Rounding = (value: number) => number;

interface Subject {
  readonly name: string;
  /** How many scales a model has. */
  readonly scales: number;
  /** The unclamped output for input code `code`, with each intermediate result passed through `round`. */
  result(code: number, scales: readonly number[], round: Rounding): number;
  /** Appends operator and tensors, all of one element and zero point 0; returns the output. */
  append(builder: GraphBuilder, scales: readonly number[]): number;
  /** Codes of the inputs. */
  readonly inputs: (code: number) => readonly number[];
}

const modelsPerSubject = 8;
/** The largest code, which also serves as the only weight. */
const weight = 127;

function rescale(value: number, ratio: number): number {
  const { multiplier, shift } = quantizeMultiplier(ratio);
  return multiplyByQuantizedMultiplier(value, multiplier, shift);
}

const scaled = (scale: number | undefined, rank = 1) => ({
  shape: new Array<number>(rank).fill(1),
  quantization: { scale: scale as number, zeroPoint: 0 },
});

function unary(name: string, rank: number, operands: (builder: GraphBuilder) => readonly number[] = () => []): Subject {
  return {
    name,
    scales: 2,
    result: (code, [x = 1, y = 1], round) => rescale(code, round(x / y)),
    append(builder, [x, y]) {
      const input = builder.input(scaled(x, rank));
      const output = builder.tensor(scaled(y, rank));
      builder.operator(name, [input, ...operands(builder)], [output], name === 'MEAN' ? { keep_dims: true } : {});
      return output;
    },
    inputs: (code) => [code],
  };
}

function weighted(name: string, shape: readonly number[], hasBias: boolean): Subject {
  return {
    name: hasBias ? `${name} with bias` : name,
    scales: 3,
    result: (code, [x = 1, w = 1, y = 1], round) => rescale(weight * code, round(round(x * w) / y)),
    append(builder, [x = 1, w = 1, y = 1]) {
      const rank = shape.length;
      const input = builder.input(scaled(x, rank));
      const weights = builder.tensor(scaled(w, rank), Int8Array.of(weight));
      const biasValues = { ...scaled(Math.fround(x * w)), type: 'int32' } as const;
      const bias = hasBias ? builder.tensor(biasValues, Int32Array.of(0)) : -1;
      const output = builder.tensor(scaled(y, rank));
      const window = { padding: 'VALID', stride_h: 1, stride_w: 1, dilation_h_factor: 1, dilation_w_factor: 1 };
      builder.operator(name, [input, weights, bias], [output], {
        ...(rank === 4 ? window : {}),
        ...(name === 'DEPTHWISE_CONV_2D' ? { depth_multiplier: 1 } : {}),
        fused_activation_function: 'NONE',
      });
      return output;
    },
    inputs: (code) => [code],
  };
}

/** The second input is `weight`. */
function binary(name: string, result: Subject['result']): Subject {
  return {
    name,
    scales: 3,
    result,
    append(builder, [a, b, y]) {
      const inputs = [builder.input(scaled(a)), builder.input(scaled(b))];
      const output = builder.tensor(scaled(y));
      builder.operator(name, inputs, [output], { fused_activation_function: 'NONE' });
      return output;
    },
    inputs: (code) => [code, weight],
  };
}

/** The upper bound of RELU6, seen through the largest input. */
function codeOfSix(
  name: string,
  operator: string,
  rank: number,
  options: Readonly<Record<string, string | number>>,
): Subject {
  return {
    name: `${name}, the code of 6`,
    scales: 1,
    result: (_, [x = 1], round) => roundHalfAway(round(6 / x)),
    append(builder, [x]) {
      const input = builder.input(scaled(x, rank));
      const output = builder.tensor(scaled(x, rank));
      builder.operator(operator, [input], [output], options);
      return output;
    },
    inputs: () => [127],
  };
}

const image = [1, 1, 1, 1];
const subjects: readonly Subject[] = [
  unary('RELU', 1),
  unary('QUANTIZE', 1),
  unary('MEAN', 4, (builder) => [builder.integers([1, 2])]),
  weighted('CONV_2D', image, true),
  weighted('DEPTHWISE_CONV_2D', image, true),
  weighted('FULLY_CONNECTED', [1, 1], true),
  weighted('FULLY_CONNECTED', [1, 1], false),
  binary('MUL', (code, [a = 1, b = 1, y = 1], round) => rescale(weight * code, round(round(a * b) / y))),
  binary('ADD', (code, [a = 1, b = 1, y = 1], round) => {
    const twice = 2 * Math.max(a, b);
    const [left, right] = [a, b].map((scale) => round(scale / twice)) as [number, number];
    return rescale(rescale(code * 2 ** 20, left) + rescale(weight * 2 ** 20, right), round(twice / (2 ** 20 * y)));
  }),
  codeOfSix('RELU6', 'RELU6', 1, {}),
  codeOfSix('a fused RELU6', 'MAX_POOL_2D', 4, {
    padding: 'VALID',
    stride_h: 1,
    stride_w: 1,
    filter_height: 1,
    filter_width: 1,
    fused_activation_function: 'RELU6',
  }),
];

/** Scales between 2^−7 and 2; those of the last tensor keep most results in range or, alone, put 6 on a tie. */
function randomScales(random: Random, count: number): number[] {
  const scale = () => Math.fround((random.below(2 ** 24) + 1) / 2 ** random.pick([24, 25, 26, 27, 28]) + 2 ** -8);
  if (count === 1) return [Math.fround((6 / (random.below(100) + 1.5)) * (1 + (random.below(5) - 2) * 2 ** -24))];
  const scales = Array.from({ length: count - 1 }, scale);
  const product = count === 3 ? (scales[0] as number) * (scales[1] as number) * weight : (scales[0] as number);
  return [...scales, Math.fround(product * (0.5 + random.below(2 ** 24) / 2 ** 24))];
}

/** A model that tells the precisions apart; undefined when these scales do not. */
function tellingCase(subject: Subject, random: Random): OperatorCase | undefined {
  const scales = randomScales(random, subject.scales);
  const inRange = (result: number) => Math.max(-128, Math.min(127, result));
  for (let code = 1; code < 128; code++) {
    const [wide, narrow] = [(value: number) => value, Math.fround].map((round) =>
      inRange(subject.result(code, scales, round)),
    );
    if (wide === narrow) continue;
    const builder = new GraphBuilder();
    const graph = builder.build([subject.append(builder, scales)]);
    return { graph, inferences: [subject.inputs(code).map((input) => Uint8Array.of(input))] };
  }
  return undefined;
}

if (tflmAbsent !== undefined) console.log(`precisions not compared with TFLite Micro: ${tflmAbsent}`);

describe.skipIf(tflmAbsent !== undefined).each(subjects)('$name', (subject) => {
  it('has the precision of TFLite Micro', async () => {
    const random = createRandom(1);
    const telling: OperatorCase[] = [];
    for (let tries = 0; tries < 400_000 && telling.length < modelsPerSubject; tries++) {
      const found = tellingCase(subject, random);
      if (found !== undefined) telling.push(found);
    }
    expect(telling.length).toBeGreaterThan(modelsPerSubject / 2);
    const outcomes = await runCasesInTflm(telling);
    const wrong = telling.flatMap((found, number) => {
      const outcome = outcomes[number] ?? { error: 'no result' };
      const problem = 'error' in outcome ? outcome.error : difference(outcome.outputs, interpretCase(found));
      return problem === undefined ? [] : [`${problem}\n${describeCase(found)}`];
    });
    expect(wrong).toEqual([]);
  });
});
