/** PNG and JPEG pictures as arrays of pixels. */
import { convertIndexedToRgb, decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { inputError, type NumericArray } from './array.js';

/** Memory a picture may take; the decoder of JPEG keeps to it, PNG is judged by its header. */
const maximumMegabytes = 256;

export function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47].every((byte, i) => bytes[i] === byte);
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * The picture as uint8 [height, width, channels] with 1 channel (grey) or 3 (red, green, blue), as asked for: colours
 * become grey by ITU-R BT.601, as in Pillow and TensorFlow; transparency is dropped.
 *
 * @throws ModelcError `usage/file`
 */
export function readImage(bytes: Uint8Array, channels: 1 | 3): NumericArray {
  const { width, height, data, depth } = decode(bytes);
  const pixels = width * height;
  const from = data.length / pixels;
  const result = new Uint8Array(pixels * channels);
  const value = (pixel: number, channel: number) => {
    const stored = data[pixel * from + (from < 3 ? 0 : channel)] as number;
    return depth === 16 ? stored >> 8 : stored;
  };
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (channels === 3) {
      for (let channel = 0; channel < 3; channel++) result[pixel * 3 + channel] = value(pixel, channel);
    } else if (from < 3) {
      result[pixel] = value(pixel, 0);
    } else {
      // Pillow's integers for 0.299, 0.587 and 0.114
      result[pixel] = (value(pixel, 0) * 19595 + value(pixel, 1) * 38470 + value(pixel, 2) * 7471 + 0x8000) >> 16;
    }
  }
  return { type: 'uint8', shape: [height, width, channels], data: result };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly data: ArrayLike<number>;
}

function decode(bytes: Uint8Array): Picture {
  const remedy = 'Save the picture again as PNG with 8 bits, grey or RGB.';
  try {
    if (isJpeg(bytes)) {
      const limits = { useTArray: true, formatAsRGBA: false, maxMemoryUsageInMB: maximumMegabytes } as const;
      return { ...jpeg.decode(bytes, limits), depth: 8 };
    }
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const pixels = header.getUint32(16) * header.getUint32(20);
    if (pixels > (maximumMegabytes / 8) * 2 ** 20) throw new Error(`it has ${pixels} pixels`);
    const picture = decodePng(bytes);
    const { width, height, depth, data } = picture;
    if (picture.palette !== undefined) return { width, height, depth: 8, data: convertIndexedToRgb(picture) };
    if (depth < 8) throw new Error(`it has ${depth} bits for each pixel`);
    return { width, height, depth, data };
  } catch (error) {
    throw inputError(`The picture cannot be read: ${(error as Error).message}.`, remedy);
  }
}
