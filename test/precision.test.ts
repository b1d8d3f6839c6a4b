import { describe, expect, it } from 'vitest';
import type { Problem } from '../src/errors.js';
import type { ElementType } from '../src/ir/element-type.js';
import type { Graph, Tensor } from '../src/ir/graph.js';
import { withPrecision } from '../src/precision.js';
import { createStyle, problemText } from '../src/report/terminal.js';
import { logisticGraph, makeOperator, makeTensor } from './support/models.js';

/** Two FULLY_CONNECTED of the given types, the weights behind a DEQUANTIZE when `expanded` is their type in the file. */
function graphOf(activations: ElementType, weights: ElementType, expanded?: ElementType): Graph {
  const tensor = (index: number, type: ElementType, isConstant = false): Tensor =>
    makeTensor(index, { type, ...(isConstant ? { data: new Uint8Array(4) } : {}) });
  const dense = (index: number, input: number, output: number) =>
    makeOperator(index, { name: 'FULLY_CONNECTED', inputs: [input, 3], outputs: [output] });
  return logisticGraph({
    tensors: [
      tensor(0, activations),
      tensor(1, activations),
      tensor(2, activations),
      tensor(3, weights, expanded === undefined),
      tensor(4, expanded ?? weights, true),
    ],
    operators: [
      ...(expanded === undefined ? [] : [makeOperator(2, { name: 'DEQUANTIZE', inputs: [4], outputs: [3] })]),
      dense(0, 0, 1),
      dense(1, 1, 2),
    ],
    outputs: [2],
  });
}

const problem = (
  index: number,
  name = 'FULLY_CONNECTED',
  code: Problem['code'] = 'model/unsupported-type',
): Problem => ({
  code,
  message: `The tensor is float32; ${name} supports int8 here.`,
  remedy: 'Convert it again.',
  place: { operator: { index, name }, tensor: { index: 10 + index, name: 'x' } },
});
const unsupported = (index: number): Problem => ({
  code: 'model/unsupported-operator',
  message: 'Operator PRELU is not supported.',
  remedy: 'Replace it.',
  place: { operator: { index, name: 'PRELU' } },
});
const text = (problems: readonly Problem[]) => problemText(createStyle(false), problems);

describe('withPrecision', () => {
  it.each<[ElementType, ElementType, ElementType | undefined, RegExp, RegExp]>([
    ['float32', 'float32', undefined, /weights float32, activations float32: not quantised/, /representative_dataset/],
    ['float32', 'int8', undefined, /weights int8, activations float32: dynamic-range/, /representative_dataset/],
    ['float32', 'float32', 'float16', /float16 quantised/, /representative_dataset/],
    ['float32', 'float32', 'int8', /dynamic-range/, /representative_dataset/],
    ['int16', 'int8', undefined, /16×8/, /INT16/],
    ['uint8', 'uint8', undefined, /TensorFlow 1/, /TensorFlow 2/],
    ['int8', 'int4', undefined, /4-bit weights/, /8-bit/],
  ])('%s with weights %s (%s) is named before its operators', (activations, weights, expanded, message, remedy) => {
    const problems = withPrecision(graphOf(activations, weights, expanded), [problem(0), problem(1)]);
    expect(problems.map(({ code }) => code)).toEqual([
      'model/not-int8',
      'model/unsupported-type',
      'model/unsupported-type',
    ]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toMatch(remedy);
  });

  it('says nothing of an int8 model, one that is quantised in part, or problems of another kind', () => {
    const problems = [problem(0)];
    expect(withPrecision(graphOf('int8', 'int8'), problems)).toBe(problems);
    const mixed = graphOf('float32', 'float32');
    const tensors = mixed.tensors.map((tensor, i) => (i === 0 ? { ...tensor, type: 'int8' as const } : tensor));
    expect(withPrecision({ ...mixed, tensors }, problems)).toBe(problems);
    const other = [unsupported(0)];
    expect(withPrecision(graphOf('float32', 'float32'), other)).toBe(other);
  });
});

describe('problemText', () => {
  it('says once that a model is not int8, and what else is wrong with it', () => {
    const printed = text(withPrecision(graphOf('float32', 'float32'), [problem(0), unsupported(3), problem(1)]));
    expect(printed.match(/→/g)).toHaveLength(2);
    expect(printed).toMatch(/^model\/not-int8\n/);
    expect(printed).toContain('2 problems of operators that follow from this: see --json');
    expect(printed).toContain('operator 3 PRELU');
    expect(printed).not.toContain('FULLY_CONNECTED');
  });

  it('joins equal problems of operators of one kind', () => {
    const printed = text([1, 4, 5, 6, 7, 9].map(unsupported));
    expect(printed.match(/→/g)).toHaveLength(1);
    expect(printed).toContain('operator 1 PRELU; and 5 more PRELU: operators 4, 5, 6, 7, …\n');
    expect(text([problem(0), problem(1, 'CONV_2D')]).match(/→/g)).toHaveLength(2);
  });
});
