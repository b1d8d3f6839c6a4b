import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import type { NumericArray } from '../../src/inputs/array.js';
import { bindArray, bindFloatBytes, bindImage, bindRaw, imageChannels } from '../../src/inputs/bind.js';
import { readImage } from '../../src/inputs/image.js';
import type { Tensor } from '../../src/ir/graph.js';
import { makeTensor } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

const floats = (...values: number[]): NumericArray => ({
  type: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const codes = (bytes: Uint8Array) => [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)];
/** int8 [1, 2, 2, channels] calibrated for [black, white]. */
function pictureInput(black: number, white: number, channels = 1): Tensor {
  const scale = (white - black) / 255;
  const zeroPoint = Math.round(-128 - black / scale);
  return makeTensor(0, {
    shape: [1, 2, 2, channels],
    quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 },
  });
}
const grey: NumericArray = { type: 'uint8', shape: [2, 2, 1], data: Uint8Array.of(0, 1, 128, 255) };

describe('bindArray', () => {
  it('takes codes as they are', () => {
    const array = { type: 'int8', shape: [4], data: Int8Array.of(-128, -1, 0, 127) };
    expect(codes(bindArray(makeTensor(0), array))).toEqual([-128, -1, 0, 127]);
  });

  it('quantises real values as TFLite does: halves away from zero, saturated, NaN to the zero point', () => {
    // scale 0.5, zero point 3
    expect(codes(bindArray(makeTensor(0), floats(0.25, -0.25, 1e9, Number.NaN)))).toEqual([4, 2, 127, 3]);
    expect(codes(bindArray(makeTensor(0), floats(0.2499, -0.2499, -1e9, 0)))).toEqual([3, 3, -128, 3]);
  });

  it('reads float32 from raw bytes, as little-endian', () => {
    const bytes = new Uint8Array(Float32Array.of(0.25, -0.25, 0, 1).buffer);
    expect(codes(bindFloatBytes(makeTensor(0), bytes))).toEqual([4, 2, 3, 5]);
    expect(problemsOf(() => bindFloatBytes(makeTensor(0), bytes.subarray(4)))).toHaveLength(1);
  });

  it('leaves extents of 1 out of the comparison of shapes, and nothing else', () => {
    const tensor = makeTensor(0, { shape: [1, 2, 2, 1] });
    const array = (shape: number[]) => ({ type: 'int8', shape, data: Int8Array.of(1, 2, 3, 4) });
    expect(codes(bindArray(tensor, array([2, 2])))).toEqual([1, 2, 3, 4]);
    for (const shape of [[4], [4, 1], [1, 4]]) {
      expect(problemsOf(() => bindArray(tensor, array(shape)))).toMatchObject([{ code: 'usage/file' }]);
    }
  });

  it('does not guess what integers of another type mean', () => {
    const pixels = { type: 'uint8', shape: [4], data: Uint8Array.of(0, 1, 2, 255) };
    const [problem] = problemsOf(() => bindArray(makeTensor(0), pixels));
    expect(problem?.remedy).toContain('astype("float32")');
    const { quantization: _, ...plain } = makeTensor(0, { type: 'int32' });
    expect([...new Int32Array(bindArray(plain, pixels).buffer)]).toEqual([0, 1, 2, 255]);
    expect(problemsOf(() => bindArray(plain, floats(0.5, 0, 0, 0)))[0]?.message).toContain('0.5, which is no int32');
  });
});

describe('bindImage', () => {
  // −1 … 1 has its zero point between two codes, so pixel 128 is half a code above 0
  it.each([
    [0, 1, 0],
    [-1, 1, 1],
    [0, 255, 0],
  ])('sees from the input that pixels stand for %d … %d', (black, white, middle) => {
    expect(codes(bindImage(pictureInput(black, white), grey))).toEqual([-128, -127, middle, 127]);
  });

  it('asks for the range when the input does not say it, and takes it', () => {
    const tensor = pictureInput(-2.1, 2.6);
    expect(problemsOf(() => bindImage(tensor, grey))).toMatchObject([{ code: 'usage/argument' }]);
    // scale 4.7 / 255, zero point −14
    expect(codes(bindImage(tensor, grey, { black: 0, white: 1 }))).toEqual([-14, -14, 13, 40]);
  });

  it('fills a float32 input', () => {
    const { quantization: _, ...tensor } = makeTensor(0, { shape: [1, 2, 2, 1], type: 'float32' });
    const bytes = bindImage(tensor, grey, { black: -1, white: 1 });
    expect([...new Float32Array(bytes.buffer)]).toEqual([-1, Math.fround(-253 / 255), Math.fround(1 / 255), 1]);
  });

  it('refuses a picture of another size', () => {
    const wide = { type: 'uint8', shape: [1, 4, 1], data: new Uint8Array(4) };
    expect(problemsOf(() => bindImage(pictureInput(0, 1), wide))[0]?.message).toContain('4 × 1 pixels');
  });
});

describe('readImage', () => {
  const colours = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 200);

  it('reads PNG in colour, with and without transparency, and turns it into grey', () => {
    const png = encodePng({ width: 2, height: 2, data: colours, channels: 3 });
    expect([...readImage(png, 3).data]).toEqual([...colours]);
    // 0.299, 0.587 and 0.114 of 255, as Pillow's convert("L")
    expect([...readImage(png, 1).data]).toEqual([76, 150, 29, 200]);
    const rgba = Uint8Array.from({ length: 16 }, (_, i) =>
      i % 4 === 3 ? 7 : (colours[(i >> 2) * 3 + (i % 4)] as number),
    );
    expect([...readImage(encodePng({ width: 2, height: 2, data: rgba, channels: 4 }), 3).data]).toEqual([...colours]);
  });

  it('reads grey PNG of 8 and 16 bits, also for inputs in colour', () => {
    const eight = encodePng({ width: 2, height: 1, data: Uint8Array.of(3, 250), channels: 1 });
    expect(readImage(eight, 1)).toMatchObject({ shape: [1, 2, 1], data: Uint8Array.of(3, 250) });
    expect([...readImage(eight, 3).data]).toEqual([3, 3, 3, 250, 250, 250]);
    const sixteen = encodePng({ width: 2, height: 1, data: Uint16Array.of(0x0380, 0xfaff), channels: 1, depth: 16 });
    expect([...readImage(sixteen, 1).data]).toEqual([3, 250]);
  });

  it('reads JPEG', () => {
    const data = new Uint8Array(16 * 16 * 4).fill(120);
    const file = new Uint8Array(jpeg.encode({ width: 16, height: 16, data }, 95).data);
    const { shape, data: pixels } = readImage(file, 1);
    expect(shape).toEqual([16, 16, 1]);
    expect(Array.from(pixels as Uint8Array).every((pixel) => Math.abs(pixel - 120) <= 2)).toBe(true);
  });

  it('refuses damaged and huge pictures', () => {
    const png = encodePng({ width: 2, height: 2, data: colours, channels: 3 });
    expect(problemsOf(() => readImage(png.subarray(0, 50), 3))).toMatchObject([{ code: 'usage/file' }]);
    const huge = png.slice();
    huge.set([0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00], 16);
    expect(problemsOf(() => readImage(huge, 3))[0]?.message).toContain('4294967296 pixels');
    expect(problemsOf(() => readImage(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4), 3))).toHaveLength(1);
  });
});

describe('the channels of an input', () => {
  it('are its last extent, when that is a picture’s', () => {
    expect(imageChannels(makeTensor(0, { shape: [1, 8, 8, 3] }))).toBe(3);
    expect(imageChannels(makeTensor(0, { shape: [1, 8, 8, 1] }))).toBe(1);
    expect(problemsOf(() => imageChannels(makeTensor(0, { shape: [1, 8, 8, 4] })))).toHaveLength(1);
    expect(problemsOf(() => imageChannels(makeTensor(0, { shape: [12] })))).toHaveLength(1);
  });
});

it('raw bytes must have the size of the input', () => {
  expect(bindRaw(makeTensor(0), 0, Uint8Array.of(1, 2, 3, 4))).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(problemsOf(() => bindRaw(makeTensor(0), 2, Uint8Array.of(1)))).toMatchObject([
    { code: 'usage/argument', message: 'The file has 1 bytes; input 2 is int8 [1, 4] and takes 4.' },
  ]);
});
