/** Element types of tensors: names, widths and the typed arrays that hold them. Order is the schema's TensorType. */
export const elementTypes = [
  'float32',
  'float16',
  'int32',
  'uint8',
  'int64',
  'string',
  'bool',
  'int16',
  'complex64',
  'int8',
  'float64',
  'complex128',
  'uint64',
  'resource',
  'variant',
  'uint32',
  'uint16',
  'int4',
  'bfloat16',
  'int2',
  'uint4',
  'float8e4m3fn',
  'float8e5m2',
] as const;
export type ElementType = (typeof elementTypes)[number];

/** Typed arrays in which tensor values travel between interpreter, codegen and verification. */
export type TensorData = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | BigInt64Array;

/** C types in which elements are stored, passed and printed. */
export type ElementCType = 'int8_t' | 'uint8_t' | 'int16_t' | 'int32_t' | 'int64_t' | 'float';

/** What modelc knows of a type it computes with. */
export interface ComputedType {
  readonly cType: ElementCType;
  /** Least and greatest finite value. */
  readonly range: readonly [number, number] | readonly [bigint, bigint];
  /** Zero-filled storage for `count` elements. */
  allocate(count: number): TensorData;
}

interface TypeFacts {
  /** Width of one element. */
  readonly bits: number;
  /** Absent for types that modelc can store, but not compute with. */
  readonly computed?: ComputedType;
}

const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/** One row for each type with a fixed width; string, resource and variant have none. */
const facts: Readonly<Partial<Record<ElementType, TypeFacts>>> = {
  int8: { bits: 8, computed: { cType: 'int8_t', range: [-128, 127], allocate: (n) => new Int8Array(n) } },
  uint8: { bits: 8, computed: { cType: 'uint8_t', range: [0, 255], allocate: (n) => new Uint8Array(n) } },
  bool: { bits: 8, computed: { cType: 'uint8_t', range: [0, 1], allocate: (n) => new Uint8Array(n) } },
  int16: {
    bits: 16,
    computed: { cType: 'int16_t', range: [-(2 ** 15), 2 ** 15 - 1], allocate: (n) => new Int16Array(n) },
  },
  int32: {
    bits: 32,
    computed: { cType: 'int32_t', range: [-(2 ** 31), 2 ** 31 - 1], allocate: (n) => new Int32Array(n) },
  },
  int64: {
    bits: 64,
    computed: { cType: 'int64_t', range: [-(2n ** 63n), 2n ** 63n - 1n], allocate: (n) => new BigInt64Array(n) },
  },
  float32: {
    bits: 32,
    computed: { cType: 'float', range: [-largestFloat32, largestFloat32], allocate: (n) => new Float32Array(n) },
  },
  uint16: { bits: 16 },
  uint32: { bits: 32 },
  uint64: { bits: 64 },
  int4: { bits: 4 },
  uint4: { bits: 4 },
  int2: { bits: 2 },
  float16: { bits: 16 },
  bfloat16: { bits: 16 },
  float64: { bits: 64 },
  float8e4m3fn: { bits: 8 },
  float8e5m2: { bits: 8 },
  complex64: { bits: 64 },
  complex128: { bits: 128 },
};

/** Types of which values can be computed, and so be inputs and outputs of a model. */
export const computedTypes: readonly ElementType[] = elementTypes.filter((type) => facts[type]?.computed !== undefined);

/** Undefined for types that modelc does not compute with. */
export function computedType(type: ElementType): ComputedType | undefined {
  return facts[type]?.computed;
}

/** As `computedType`, for tensors whose type preparation has checked. */
export function requireComputedType(type: ElementType): ComputedType {
  const found = computedType(type);
  if (found === undefined) throw new Error(`modelc does not compute with ${type}`);
  return found;
}

/** Width of one element in bits; undefined for types without a fixed width (string, resource, variant). */
export function bitsPerElement(type: ElementType): number | undefined {
  return facts[type]?.bits;
}

/** Bytes of `count` elements in little-endian storage; sub-byte types are packed without padding between rows. */
export function byteLength(type: ElementType, count: number): number | undefined {
  const bits = bitsPerElement(type);
  return bits === undefined ? undefined : Math.ceil((bits * count) / 8);
}

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Zero-filled storage for `count` elements, or undefined when values of this type are not computed with. */
export function allocate(type: ElementType, count: number): TensorData | undefined {
  return computedType(type)?.allocate(count);
}

/** The little-endian bytes of a tensor as stored in files, in the arena and in traces. Shares memory where it can. */
export function toBytes(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Little-endian bytes as a typed array of `count` elements (copied, so alignment of the source does not matter).
 * Returns undefined when the byte length does not fit the type and count, or the type is not computed with.
 */
export function fromBytes(type: ElementType, count: number, bytes: Uint8Array): TensorData | undefined {
  if (byteLength(type, count) !== bytes.length) return undefined;
  const data = allocate(type, count);
  if (data !== undefined) toBytes(data).set(bytes);
  return data;
}
