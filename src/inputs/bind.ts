/** Arrays and pictures as the bytes of a model's input. */
import { allocate, elementCount, toBytes } from '../ir/element-type.js';
import { type Tensor, tensorBytes } from '../ir/graph.js';
import { quantizeValue } from '../operators/support/quantization.js';
import { inputError, isFloat, type NumericArray } from './array.js';

/** The real values that black and white stand for. */
export interface PixelRange {
  readonly black: number;
  readonly white: number;
}

const ranges: Partial<Record<Tensor['type'], { readonly min: number; readonly max: number }>> = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  bool: { min: 0, max: 1 },
  int16: { min: -32768, max: 32767 },
  int32: { min: -(2 ** 31), max: 2 ** 31 - 1 },
};

/** `int8 [1, 8, 8, 1]` */
function form(type: string, shape: readonly number[]): string {
  return `${type} [${shape.join(', ')}]`;
}

/** Whether shapes are equal when extents of 1 are left out: [8, 8] is [1, 8, 8, 1]. */
function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  const [left, right] = [a, b].map((shape) => shape.filter((extent) => extent !== 1));
  return left?.length === right?.length && (left ?? []).every((extent, i) => extent === right?.[i]);
}

/**
 * Raw little-endian bytes of an input. An array of the input's own type holds codes and is taken as it is. Floats are
 * real values: for a quantised input they are quantised with its scale and zero point (`quantizeValue`, which is
 * TFLite's rounding), for a float32 input rounded to float32. Other integers are taken when the input is not quantised.
 *
 * @throws ModelcError `usage/file` when shape, type or a value does not fit
 */
export function bindArray(tensor: Tensor, array: NumericArray): Uint8Array {
  const expected = form(tensor.type, tensor.shape);
  if (!isSameShape(array.shape, tensor.shape)) {
    throw inputError(`The array is ${form(array.type, array.shape)}; the input is ${expected}.`, 'Give it that shape.');
  }
  const values = allocate(tensor.type, elementCount(tensor.shape));
  if (values === undefined) throw new Error(`no input has type ${tensor.type}`);
  if (array.type === tensor.type) {
    for (let i = 0; i < values.length; i++) values[i] = array.data[i] as never;
    return toBytes(values);
  }
  const quantization = tensor.quantization?.scales.length === 1 ? tensor.quantization : undefined;
  if (isFloat(array) && quantization !== undefined && tensor.type !== 'float32') {
    const parameters = { scale: quantization.scales[0] as number, zeroPoint: quantization.zeroPoints[0] as number };
    const range = ranges[tensor.type];
    if (range === undefined) throw new Error(`no range of ${tensor.type}`);
    for (let i = 0; i < values.length; i++) {
      values[i] = quantizeValue(Math.fround(Number(array.data[i])), parameters, range) as never;
    }
    return toBytes(values);
  }
  if (quantization !== undefined && tensor.type !== 'float32') {
    throw inputError(
      `The array is ${array.type}; the input is ${expected} with scale ${quantization.scales[0]}.`,
      `Give codes as ${tensor.type}, or real values as float32, scaled as in training: x.astype("float32").`,
    );
  }
  for (let i = 0; i < values.length; i++) values[i] = convert(tensor, array.data[i] as number | bigint) as never;
  return toBytes(values);
}

/** A number as an element of a tensor that is not quantised. */
function convert({ type }: Tensor, value: number | bigint): number | bigint {
  if (type === 'float32') return Number(value);
  const range = ranges[type];
  const fits = range === undefined || (Number(value) >= range.min && Number(value) <= range.max);
  if (!Number.isInteger(Number(value)) || !fits) {
    throw inputError(`The array holds ${value}, which is no ${type}.`, 'Give values of the type of the input.');
  }
  return type === 'int64' ? BigInt(value) : Number(value);
}

/** Raw little-endian float32 values, real ones, as bytes of the input. @throws ModelcError `usage/file` */
export function bindFloatBytes(tensor: Tensor, bytes: Uint8Array): Uint8Array {
  const count = elementCount(tensor.shape);
  if (bytes.length !== 4 * count) {
    const message = `The file has ${bytes.length} bytes; ${form('float32', tensor.shape)} takes ${4 * count}.`;
    throw inputError(message, 'Give one little-endian float32 for each element.');
  }
  const data = new Float32Array(count);
  toBytes(data).set(bytes);
  return bindArray(tensor, { type: 'float32', shape: tensor.shape, data });
}

/** Channels of the pictures that an input takes. @throws ModelcError when it takes none */
export function imageChannels(tensor: Tensor): 1 | 3 {
  const { shape } = tensor;
  const channels = shape.length >= 3 ? shape[shape.length - 1] : 1;
  if (shape.length >= 2 && (channels === 1 || channels === 3)) return channels;
  throw inputError(
    `The input is ${form(tensor.type, shape)}, which is no picture.`,
    'Pictures need an input [1, height, width, 1] or [1, height, width, 3].',
  );
}

const usualRanges: readonly PixelRange[] = [
  { black: 0, white: 1 },
  { black: -1, white: 1 },
  { black: 0, white: 255 },
];
/** Part of the range by which the ends of a calibrated input may miss a usual range. */
const rangeTolerance = 0.02;

/**
 * A picture as bytes of an input. Pixels 0 … 255 become real values from `black` to `white`; without a range, that of
 * the usual ones (0 … 1, −1 … 1, 0 … 255) which the input's scale and zero point were calibrated for.
 *
 * @throws ModelcError `usage/file`, and `usage/argument` when no usual range fits
 */
export function bindImage(tensor: Tensor, picture: NumericArray, pixels?: PixelRange): Uint8Array {
  if (picture.data.length !== elementCount(tensor.shape) || !isSameShape(picture.shape, tensor.shape)) {
    const [height, width] = picture.shape;
    throw inputError(
      `The picture has ${width} × ${height} pixels; the input is ${form(tensor.type, tensor.shape)}.`,
      'Scale and crop it to the size of the input, as in training.',
    );
  }
  if (tensor.quantization === undefined && pixels === undefined && tensor.type !== 'float32') {
    return bindArray(tensor, picture);
  }
  const { black, white } = pixels ?? calibratedRange(tensor);
  const data = Float32Array.from(picture.data as Uint8Array, (pixel) => black + (pixel * (white - black)) / 255);
  return bindArray(tensor, { type: 'float32', shape: picture.shape, data });
}

function calibratedRange({ type, shape, quantization }: Tensor): PixelRange {
  const range = ranges[type];
  const scale = quantization?.scales[0];
  if (scale !== undefined && range !== undefined && quantization?.scales.length === 1) {
    const real = (code: number) => scale * (code - (quantization.zeroPoints[0] as number));
    const found = usualRanges.find(({ black, white }) => {
      const tolerance = rangeTolerance * (white - black);
      return Math.abs(real(range.min) - black) <= tolerance && Math.abs(real(range.max) - white) <= tolerance;
    });
    if (found !== undefined) return found;
  }
  throw inputError(
    `Which values stand for black and white cannot be seen from the input, ${form(type, shape)}.`,
    'Say it with --pixels, as in training: --pixels 0..1, --pixels -1..1, --pixels 0..255.',
    'usage/argument',
  );
}

/** One code as a real value; itself when the tensor is not quantised. */
export function realValue({ quantization, type }: Tensor, value: number | bigint): number {
  if (quantization?.scales.length !== 1 || type === 'float32') return Number(value);
  return (quantization.scales[0] as number) * (Number(value) - (quantization.zeroPoints[0] as number));
}

/** Bytes of a raw tensor file. @throws ModelcError `usage/argument` when its size is not the input's */
export function bindRaw(tensor: Tensor, slot: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length === tensorBytes(tensor)) return bytes;
  throw inputError(
    `The file has ${bytes.length} bytes; input ${slot} is ${form(tensor.type, tensor.shape)} and takes ${tensorBytes(tensor)}.`,
    'Give raw little-endian codes of that size, or a .npy, .npz, .png, .jpg or .f32 file.',
    'usage/argument',
  );
}
