/**
 * MEAN over any set of constant axes that merge into at most three kept and three reduced loops; the division is
 * folded into the requantisation multiplier. int8.
 *
 * Undefined in TFLM: the mean of an empty tensor. Refused. Sums beyond 32 bits wrap modulo 2³². An output without
 * quantisation parameters, whose factor is no number: it is 0, so that every result is the zero point.
 */
import { elementCount } from '../ir/element-type.js';
import { type Mean, meanS8, type Reduction, reductionDimensions } from '../kernels/mean-s8.js';
import type { OperatorModule } from './operator.js';
import { indexTypes } from './signature.js';
import { rowMajorStrides } from './support/broadcast.js';
import { clamp, multiplyByQuantizedMultiplier, type QuantizedMultiplier } from './support/fixed-point.js';
import { booleanOption, constantIntegers, normalizeAxis, requireShape } from './support/node.js';
import { int8Range, perTensorOrNone, requantization } from './support/quantization.js';

const operator: OperatorModule<Mean> = {
  name: 'MEAN',
  operands: {
    inputs: [
      { name: 'input', types: ['int8'] },
      { name: 'axis', types: indexTypes, constant: true },
    ],
    outputs: [{ name: 'output', types: ['int8'] }],
  },

  prepare(node) {
    const input = node.input(0);
    const axisTensor = node.input(1);
    const output = node.output(0);
    const rank = input.shape.length;
    const axes = new Set(constantIntegers(node, axisTensor).map((axis) => normalizeAxis(node, axis, rank, input)));
    const kept = input.shape.flatMap((extent, axis) =>
      axes.has(axis) ? (booleanOption(node, 'keep_dims') ? [1] : []) : [extent],
    );
    requireShape(node, output, kept);
    const count = [...axes].reduce((product, axis) => product * (input.shape[axis] as number), 1);
    if (elementCount(input.shape) === 0) {
      node.fail('model/shape', 'The mean of an empty tensor is not defined.', 'Remove the operator.', input);
    }
    const x = perTensorOrNone(node, input);
    const y = perTensorOrNone(node, output);
    const ratio = x.scale / y.scale;
    const loop = reductionLoop(input.shape, axes);
    if (loop.keptExtents.length > reductionDimensions || loop.reducedExtents.length > reductionDimensions) {
      node.fail(
        'model/unsupported-option',
        `A reduction over axes ${[...axes]} of ${rank} dimensions needs too many nested loops.`,
        'Transpose the tensor so that the reduced axes are neighbours.',
        axisTensor,
      );
    }
    return {
      loop,
      count,
      inputZeroPoint: x.zeroPoint,
      outputZeroPoint: y.zeroPoint,
      output: Number.isFinite(ratio) ? foldDivision(requantization(node, ratio), count) : { multiplier: 0, shift: 0 },
    };
  },

  // S = Σ q; y = clamp(MBQM(S − zx·n) + zy) with the folded multiplier
  evaluate({ loop, count, inputZeroPoint, outputZeroPoint, output: multiplier }, [input], [output]) {
    const x = input as Int8Array;
    const y = output as Int8Array;
    let index = 0;
    forEachOffset(loop.keptExtents, loop.keptStrides, 0, (base) => {
      let sum = 0;
      forEachOffset(loop.reducedExtents, loop.reducedStrides, base, (offset) => {
        sum = (sum + (x[offset] as number)) | 0;
      });
      const scaled = multiplyByQuantizedMultiplier(
        (sum - inputZeroPoint * count) | 0,
        multiplier.multiplier,
        multiplier.shift,
      );
      y[index++] = clamp(scaled + outputZeroPoint, int8Range.min, int8Range.max);
    });
  },

  kernels: [meanS8],
};
export default operator;

/** M' = trunc(M·2^k / n), e' = e − k with k = min(floor(log2 n), 32, 31 + e): TFLM's mean divides inside the multiplier. */
function foldDivision({ multiplier, shift }: QuantizedMultiplier, count: number): QuantizedMultiplier {
  const k = Math.min(31 - Math.clz32(count), 32, 31 + shift);
  return { multiplier: Number((BigInt(multiplier) << BigInt(k)) / BigInt(count)), shift: shift - k };
}

/** Merges neighbouring axes of the same kind; axes of extent 1 vanish. */
function reductionLoop(shape: readonly number[], axes: ReadonlySet<number>): Reduction {
  const strides = rowMajorStrides(shape);
  const merged: { extent: number; stride: number; reduced: boolean }[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    if (extent === 1) continue;
    const reduced = axes.has(axis);
    const inner = merged.at(-1);
    if (inner !== undefined && inner.reduced === reduced) inner.extent *= extent;
    else merged.push({ extent, stride: strides[axis] as number, reduced });
  }
  merged.reverse();
  const kept = merged.filter(({ reduced }) => !reduced);
  const reduced = merged.filter((dimension) => dimension.reduced);
  return {
    keptExtents: kept.map(({ extent }) => extent),
    keptStrides: kept.map(({ stride }) => stride),
    reducedExtents: reduced.map(({ extent }) => extent),
    reducedStrides: reduced.map(({ stride }) => stride),
  };
}

/** Calls `visit` with every offset of a loop nest that starts at `base`, outermost loop first. */
function forEachOffset(
  extents: readonly number[],
  strides: readonly number[],
  base: number,
  visit: (offset: number) => void,
  dimension = 0,
): void {
  if (dimension === extents.length) {
    visit(base);
    return;
  }
  for (let i = 0; i < (extents[dimension] as number); i++) {
    forEachOffset(extents, strides, base + i * (strides[dimension] as number), visit, dimension + 1);
  }
}
