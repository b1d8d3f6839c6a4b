/**
 * The intermediate representation: plain immutable data. A tensor is named by its position in `Graph.tensors`,
 * which for a graph just read is its index in the file; passes append tensors and never renumber.
 */
import { byteLength, type ElementType, elementCount, fromBytes, type TensorData } from './element-type.js';

export interface Quantization {
  /** One scale per tensor, or one per index along `axis`; float32 values held as numbers. Never empty. */
  readonly scales: readonly number[];
  /** As many as `scales`, or one for all. Never empty. */
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface Tensor {
  readonly index: number;
  readonly name: string;
  readonly type: ElementType;
  /** Row-major extents, innermost last; empty for a scalar. */
  readonly shape: readonly number[];
  readonly quantization?: Quantization;
  /** Little-endian bytes of a constant; absent for tensors computed at run time. Not to be modified. */
  readonly data?: Uint8Array;
  readonly isVariable: boolean;
  /** False when the file declares a dynamic dimension (shape_signature −1) for this tensor. */
  readonly isStatic: boolean;
}

/** Bytes of a tensor's values in files, in the arena and in traces; 0 for types without a fixed width. */
export function tensorBytes({ type, shape }: Tensor): number {
  return byteLength(type, elementCount(shape)) ?? 0;
}

/**
 * Values of a constant. Undefined for a tensor that is computed, and for data that do not fit type and shape or are of
 * a type that is not computed with.
 */
export function constantValue({ type, shape, data }: Tensor): TensorData | undefined {
  return data === undefined ? undefined : fromBytes(type, elementCount(shape), data);
}

export type OptionValue = number | boolean | string | readonly number[];

/** Operator options as stated in the file: schema field names in snake_case, enums by name (unknown ones by number). */
export type Options = Readonly<Record<string, OptionValue>>;

export interface Operator {
  /** Position in the file's operator list. */
  readonly index: number;
  /** Schema name (`CONV_2D`), or `CUSTOM:<custom_code>`, or `BUILTIN_<number>` for a code the schema does not have. */
  readonly name: string;
  readonly version: number;
  /** Tensor indices; −1 marks an omitted optional input. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Options;
  readonly customOptions?: Uint8Array;
}

export interface Graph {
  readonly name: string;
  readonly tensors: readonly Tensor[];
  /** In execution order. */
  readonly operators: readonly Operator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface Signature {
  readonly key: string;
  readonly subgraph: number;
  readonly inputs: readonly { readonly name: string; readonly tensor: number }[];
  readonly outputs: readonly { readonly name: string; readonly tensor: number }[];
}

export interface Model {
  readonly version: number;
  readonly description: string;
  /** Subgraph 0 is the main graph. Never empty. */
  readonly graphs: readonly Graph[];
  readonly metadata: readonly { readonly name: string; readonly data: Uint8Array }[];
  readonly signatures: readonly Signature[];
  /** zlib CRC-32 of the whole file. */
  readonly crc32: number;
  /** Size of the file in bytes. */
  readonly byteLength: number;
}
