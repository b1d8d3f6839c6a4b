/** NumPy's `.npy` files, versions 1 to 3 (NEP 1): arrays of numbers in either byte order, C or Fortran order. */
import { type ArrayData, inputError, type NumericArray } from './array.js';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const remedy = 'Save the array with numpy.save or numpy.savez, as numbers, not as objects.';

interface ElementKind {
  readonly type: string;
  readonly width: number;
  allocate(count: number): ArrayData;
  read(view: DataView, offset: number, little: boolean): number | bigint;
}

const kinds: Readonly<Record<string, ElementKind>> = {
  b1: { type: 'bool', width: 1, allocate: (n) => new Uint8Array(n), read: (v, at) => (v.getUint8(at) === 0 ? 0 : 1) },
  i1: { type: 'int8', width: 1, allocate: (n) => new Int8Array(n), read: (v, at) => v.getInt8(at) },
  u1: { type: 'uint8', width: 1, allocate: (n) => new Uint8Array(n), read: (v, at) => v.getUint8(at) },
  i2: { type: 'int16', width: 2, allocate: (n) => new Int16Array(n), read: (v, at, le) => v.getInt16(at, le) },
  u2: { type: 'uint16', width: 2, allocate: (n) => new Uint16Array(n), read: (v, at, le) => v.getUint16(at, le) },
  i4: { type: 'int32', width: 4, allocate: (n) => new Int32Array(n), read: (v, at, le) => v.getInt32(at, le) },
  u4: { type: 'uint32', width: 4, allocate: (n) => new Uint32Array(n), read: (v, at, le) => v.getUint32(at, le) },
  i8: { type: 'int64', width: 8, allocate: (n) => new BigInt64Array(n), read: (v, at, le) => v.getBigInt64(at, le) },
  u8: { type: 'uint64', width: 8, allocate: (n) => new BigUint64Array(n), read: (v, at, le) => v.getBigUint64(at, le) },
  f2: {
    type: 'float16',
    width: 2,
    allocate: (n) => new Float32Array(n),
    read: (v, at, le) => half(v.getUint16(at, le)),
  },
  f4: { type: 'float32', width: 4, allocate: (n) => new Float32Array(n), read: (v, at, le) => v.getFloat32(at, le) },
  f8: { type: 'float64', width: 8, allocate: (n) => new Float64Array(n), read: (v, at, le) => v.getFloat64(at, le) },
};

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** @throws ModelcError `usage/file` */
export function readNpy(bytes: Uint8Array): NumericArray {
  if (!isNpy(bytes) || bytes.length < 12) throw inputError('This is no .npy file.', remedy);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isShort = view.getUint8(6) === 1;
  const start = (isShort ? 10 : 12) + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > bytes.length) throw inputError('The .npy file ends within its header.', remedy);
  const header = new TextDecoder().decode(bytes.subarray(isShort ? 10 : 12, start));
  const descr = /'descr': *'([<>|=])([a-zA-Z]\d+)'/.exec(header);
  const dimensions = /'shape': *\(([\d, ]*)\)/.exec(header);
  const kind = kinds[descr?.[2] ?? ''];
  if (descr === null || dimensions === null || kind === undefined) {
    throw inputError(`Its elements are ${/'descr': *([^,]*)/.exec(header)?.[1] ?? 'not described'}.`, remedy);
  }
  const shape = (dimensions[1] as string)
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (bytes.length - start !== count * kind.width) {
    throw inputError(`The array [${shape}] of ${kind.type} has ${bytes.length - start} bytes of data.`, remedy);
  }
  const data = kind.allocate(count);
  const little = descr[1] !== '>';
  for (let i = 0; i < count; i++) data[i] = kind.read(view, start + i * kind.width, little) as never;
  const isFortran = /'fortran_order': *True/.test(header);
  return { type: kind.type, shape, data: isFortran ? fromFortran(data, shape, kind.allocate(count)) : data };
}

/** Elements in Fortran order (first axis fastest) in C order (last axis fastest). */
function fromFortran(data: ArrayData, shape: readonly number[], to: ArrayData): ArrayData {
  const position = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, extent) => product * extent, 1));
  for (let i = 0; i < to.length; i++) {
    to[i] = data[position.reduce((at, index, axis) => at + index * (strides[axis] as number), 0)] as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = ((position[axis] as number) + 1) % (shape[axis] as number);
      if (position[axis] !== 0) break;
    }
  }
  return to;
}
