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
export type TensorData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | BigInt64Array;

const bitWidths: Partial<Record<ElementType, number>> = {
  float32: 32,
  float16: 16,
  int32: 32,
  uint8: 8,
  int64: 64,
  bool: 8,
  int16: 16,
  complex64: 64,
  int8: 8,
  float64: 64,
  complex128: 128,
  uint64: 64,
  uint32: 32,
  uint16: 16,
  int4: 4,
  bfloat16: 16,
  int2: 2,
  uint4: 4,
  float8e4m3fn: 8,
  float8e5m2: 8,
};

/** Width of one element in bits; undefined for types without a fixed width (string, resource, variant). */
export function bitsPerElement(type: ElementType): number | undefined {
  return bitWidths[type];
}

/** Bytes of `count` elements in little-endian storage; sub-byte types are packed without padding between rows. */
export function byteLength(type: ElementType, count: number): number | undefined {
  const bits = bitWidths[type];
  return bits === undefined ? undefined : Math.ceil((bits * count) / 8);
}

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Zero-filled storage for `count` elements, or undefined when values of this type are not computed with. */
export function allocate(type: ElementType, count: number): TensorData | undefined {
  switch (type) {
    case 'int8':
      return new Int8Array(count);
    case 'uint8':
    case 'bool':
      return new Uint8Array(count);
    case 'int16':
      return new Int16Array(count);
    case 'uint16':
      return new Uint16Array(count);
    case 'int32':
      return new Int32Array(count);
    case 'uint32':
      return new Uint32Array(count);
    case 'float32':
      return new Float32Array(count);
    case 'int64':
      return new BigInt64Array(count);
    default:
      return undefined;
  }
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
