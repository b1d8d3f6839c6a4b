/** Which quantisation a file's tensor has, and whether it is one that can be computed with. */
import type { Problem } from '../errors.js';
import { bitsPerElement, type ElementType } from '../ir/element-type.js';
import type { Quantization } from '../ir/graph.js';
import type { QuantizationParametersFields } from './schema.generated.js';
import type { TableView } from './table.js';

const integerTypes = new Set<ElementType>([
  'int2', 'int4', 'int8', 'int16', 'int32', 'int64', 'uint4', 'uint8', 'uint16', 'uint32', 'uint64',
]); // biome-ignore format: a table

/** Zero points are held in 32 bits by every kernel; narrower types cannot store more than their own range. */
function zeroPointRange(type: ElementType): { low: number; high: number } {
  const bits = Math.min(bitsPerElement(type) ?? 32, 32);
  if (bits === 32) return { low: -(2 ** 31), high: 2 ** 31 - 1 };
  return type.startsWith('u')
    ? { low: 0, high: 2 ** bits - 1 }
    : { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
}

export interface TensorFacts {
  readonly type: ElementType;
  readonly isConstant: boolean;
}

export interface QuantizationResult {
  readonly quantization?: Quantization;
  /** Message of each problem found. */
  readonly problems: readonly Pick<Problem, 'message' | 'remedy'>[];
}

/**
 * The quantisation of a tensor, absent unless the file gives both scales and zero points. Files carry leftovers that
 * mean nothing and are dropped: any quantisation of a type that is not an integer, and scale 0 for 32 and 64 bit
 * integers (shapes and indices). A scale of 0 is otherwise accepted for constants only, where it makes a channel of
 * zeros.
 */
export function readQuantization(
  parameters: TableView<QuantizationParametersFields> | undefined,
  { type, isConstant }: TensorFacts,
): QuantizationResult {
  if (parameters === undefined || !integerTypes.has(type)) return { problems: [] };
  const problems: { message: string; remedy: string }[] = [];
  if (parameters.get('details') !== undefined) {
    const message =
      'The tensor is quantised in blocks or by custom parameters; only scales per tensor or along one axis';
    problems.push({
      message: `${message} are supported.`,
      remedy: 'Convert with per-tensor or per-channel quantisation.',
    });
  }
  const scales = parameters.get('scale');
  const storedZeroPoints = parameters.get('zero_point');
  if (scales.length === 0 || storedZeroPoints.length === 0) return { problems };
  const isWide = (bitsPerElement(type) ?? 0) >= 32;
  if (isWide && scales.every((scale) => scale === 0)) return { problems };

  const remedy = 'Quantise the model again: the TensorFlow Lite converter does not write such values.';
  const badScale = scales.find((scale) => !Number.isFinite(scale) || scale < 0 || (scale === 0 && !isConstant));
  if (badScale !== undefined) {
    problems.push({ message: `The scale ${badScale} is not a positive finite number.`, remedy });
  }
  const { low, high } = zeroPointRange(type);
  const badZeroPoint = storedZeroPoints.find((zeroPoint) => zeroPoint < low || zeroPoint > high);
  if (badZeroPoint !== undefined) {
    problems.push({ message: `The zero point ${badZeroPoint} is outside ${low} … ${high} of ${type}.`, remedy });
  }
  if (storedZeroPoints.length !== 1 && storedZeroPoints.length !== scales.length) {
    problems.push({
      message: `The tensor has ${scales.length} scales and ${storedZeroPoints.length} zero points.`,
      remedy,
    });
  }
  // Whether there is a scale for each index of the axis is for the operators to say: that of a bias means nothing.
  const axis = parameters.get('quantized_dimension');
  return { quantization: { scales, zeroPoints: storedZeroPoints.map(Number), axis }, problems };
}
