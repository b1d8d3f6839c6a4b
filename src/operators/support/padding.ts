/** What PAD and PADV2 share: the copied region, the fill value and the kernel call. */
import type { TensorData } from '../../ir/element-type.js';
import { allocate } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import type { Border, Node } from '../operator.js';
import { indexTypes, like, type Operand, type Signature } from '../signature.js';
import { rowMajorStrides } from './broadcast.js';
import { elementBytes, moved } from './movement.js';
import { constantIntegers, requireShape } from './node.js';

export interface PreparedPad {
  readonly elementBytes: number;
  /** Output extents, input extents and elements before the input along each of `padDimensions` merged dimensions. */
  readonly output: readonly number[];
  readonly input: readonly number[];
  readonly before: readonly number[];
  /** One element. */
  readonly fill: TensorData;
  /** The same along each dimension of the tensor. */
  readonly border: Border;
}

/** Loop depth of the pad kernel (`MODELC_PAD_DIMS` in runtime-c). */
const padDimensions = 5;

/** The operands of PAD, and of PADV2 with its `value`. */
export function padOperands(...value: readonly Operand[]): Signature {
  const input = moved('input', ['int8', 'int16', 'int32', 'float32']);
  return {
    inputs: [input, { name: 'paddings', types: indexTypes, constant: true }, ...value],
    outputs: [{ name: 'output', types: like('input') }],
  };
}

/** `fill` gets the output tensor and returns the stored value of a padding element. */
export function preparePad(node: Node, fill: (output: Tensor) => number | bigint): PreparedPad {
  const input = node.input(0);
  const paddings = node.input(1);
  const output = node.output(0);
  requireShape(node, paddings, [input.shape.length, 2]);
  const amounts = constantIntegers(node, paddings);
  if (amounts.some((amount) => amount < 0)) {
    node.fail(
      'model/invalid',
      `The paddings [${amounts}] contain a negative amount.`,
      'Use STRIDED_SLICE to cut a tensor.',
      paddings,
    );
  }
  const before = input.shape.map((_, axis) => amounts[2 * axis] as number);
  const after = input.shape.map((_, axis) => amounts[2 * axis + 1] as number);
  requireShape(
    node,
    output,
    input.shape.map((extent, axis) => extent + (before[axis] as number) + (after[axis] as number)),
  );
  const merged = mergeUnpadded(input.shape, output.shape, before);
  if (merged.input.length > padDimensions) {
    node.fail(
      'model/unsupported-option',
      `Padding ${merged.input.length} separate dimensions needs more than ${padDimensions} nested loops.`,
      'Pad fewer dimensions at once.',
    );
  }
  const lead = new Array<number>(padDimensions - merged.input.length);
  const value = allocate(output.type, 1) as TensorData;
  value[0] = fill(output) as never;
  return {
    elementBytes: elementBytes(input),
    input: [...lead.fill(1), ...merged.input],
    output: [...lead.fill(1), ...merged.output],
    before: [...lead.fill(0), ...merged.before],
    fill: value,
    border: { before, after, fill: value[0] as number | bigint },
  };
}

/** Joins each dimension that is not padded to the one outside it. */
function mergeUnpadded(input: readonly number[], output: readonly number[], before: readonly number[]) {
  const merged = { input: [] as number[], output: [] as number[], before: [] as number[] };
  let factor = 1;
  for (let axis = input.length - 1; axis >= 0; axis--) {
    if (input[axis] === output[axis] && axis > 0) {
      factor *= input[axis] as number;
      continue;
    }
    merged.input.unshift((input[axis] as number) * factor);
    merged.output.unshift((output[axis] as number) * factor);
    merged.before.unshift((before[axis] as number) * factor);
    factor = 1;
  }
  return merged;
}

export function evaluatePad({ input, output, before, fill }: PreparedPad, x: TensorData, y: TensorData): void {
  y.fill(fill[0] as never);
  const inputStrides = rowMajorStrides(input);
  const outputStrides = rowMajorStrides(output);
  const walk = (dimension: number, read: number, write: number): void => {
    if (dimension === input.length) {
      y[write] = x[read] as never;
      return;
    }
    for (let i = 0; i < (input[dimension] as number); i++) {
      walk(
        dimension + 1,
        read + i * (inputStrides[dimension] as number),
        write + (i + (before[dimension] as number)) * (outputStrides[dimension] as number),
      );
    }
  };
  walk(0, 0, 0);
}
