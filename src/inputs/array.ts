/** Arrays of numbers as files hold them. */
import { ModelcError, type ProblemCode } from '../errors.js';

export type ArrayData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

export interface NumericArray {
  /** NumPy's name: `int8`, `float64`, `bool`. */
  readonly type: string;
  /** Row-major. */
  readonly shape: readonly number[];
  readonly data: ArrayData;
}

export function isFloat({ data }: NumericArray): boolean {
  return data instanceof Float32Array || data instanceof Float64Array;
}

/** Part `index` of `count` equal ones along the first axis, of the given shape. */
export function sample(array: NumericArray, index: number, count: number, shape: readonly number[]): NumericArray {
  const size = array.data.length / count;
  return { type: array.type, shape, data: array.data.subarray(index * size, (index + 1) * size) as ArrayData };
}

/** A file that does not hold what its name promises. */
export function inputError(message: string, remedy: string, code: ProblemCode = 'usage/file'): ModelcError {
  return new ModelcError({ code, message, remedy, place: {} });
}
