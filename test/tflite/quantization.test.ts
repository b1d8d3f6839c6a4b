import { describe, expect, it } from 'vitest';
import type { ElementType } from '../../src/ir/element-type.js';
import type { Tensor } from '../../src/ir/graph.js';
import type { TableValues } from '../../src/tflite/encode.js';
import { readModel } from '../../src/tflite/reader.js';
import { BlockwiseQuantization, TensorType } from '../../src/tflite/schema.generated.js';
import { encodeFile } from '../support/flatbuffer.js';
import { problemsOf } from '../support/problems.js';

interface TensorValues {
  readonly type?: ElementType;
  readonly shape?: readonly number[];
  readonly quantization: TableValues;
  readonly data?: Uint8Array;
}

const file = ({ type = 'int8', shape = [4], quantization, data }: TensorValues) =>
  encodeFile({
    version: 3,
    buffers: [{}, ...(data === undefined ? [] : [{ data }])],
    subgraphs: [
      {
        tensors: [
          {
            shape,
            quantization,
            type: TensorType.values[type.toUpperCase()] as number,
            buffer: data === undefined ? 0 : 1,
          },
        ],
      },
    ],
  });
const read = (tensor: TensorValues) => readModel(file(tensor)).graphs[0]?.tensors[0] as Tensor;
const messages = (tensor: TensorValues) => problemsOf(() => readModel(file(tensor))).map(({ message }) => message);

describe('quantisation of tensors', () => {
  it('reads one scale for the whole tensor', () => {
    expect(read({ quantization: { scale: [0.5], zero_point: [-128n] } }).quantization).toEqual({
      scales: [0.5],
      zeroPoints: [-128],
      axis: 0,
    });
  });

  it('reads one scale per index along an axis, with a zero point each or one for all', () => {
    const along = { scale: [0.5, 0.25], quantized_dimension: 1 };
    expect(read({ shape: [3, 2], quantization: { ...along, zero_point: [1n, 2n] } }).quantization).toEqual({
      scales: [0.5, 0.25],
      zeroPoints: [1, 2],
      axis: 1,
    });
    expect(read({ shape: [3, 2], quantization: { ...along, zero_point: [0n] } }).quantization?.zeroPoints).toEqual([0]);
  });

  it('leaves it to the operators whether the axis is one of the tensor', () => {
    const quantization = { scale: [1, 2], zero_point: [0n, 0n], quantized_dimension: 3 };
    expect(read({ type: 'int32', shape: [1, 2], quantization }).quantization).toMatchObject({
      scales: [1, 2],
      axis: 3,
    });
  });

  it('is absent unless both scales and zero points are given', () => {
    expect(read({ quantization: {} }).quantization).toBeUndefined();
    expect(read({ quantization: { min: [0], max: [1], scale: [0.5] } }).quantization).toBeUndefined();
    expect(read({ quantization: { zero_point: [1n] } }).quantization).toBeUndefined();
  });

  it('drops leftovers that mean nothing: floats, and scale 0 of wide integers', () => {
    const quantization = { scale: [0], zero_point: [0n] };
    expect(read({ type: 'float32', quantization }).quantization).toBeUndefined();
    expect(read({ type: 'int32', quantization }).quantization).toBeUndefined();
    expect(read({ type: 'int64', quantization }).quantization).toBeUndefined();
  });

  it('accepts a scale of 0 for a channel of constant zeros only', () => {
    const quantization = { scale: [0.5, 0], zero_point: [0n] };
    expect(read({ shape: [2], quantization, data: new Uint8Array(2) }).quantization?.scales).toEqual([0.5, 0]);
    expect(messages({ shape: [2], quantization })).toEqual(['The scale 0 is not a positive finite number.']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.5])('rejects the scale %d', (scale) => {
    const quantization = { scale: [scale], zero_point: [0n] };
    expect(messages({ quantization, data: new Uint8Array(4) })).toEqual([
      `The scale ${scale} is not a positive finite number.`,
    ]);
  });

  it.each<[ElementType, bigint]>([
    ['int8', 128n],
    ['int8', -129n],
    ['uint8', -1n],
    ['int16', 32768n],
    ['int4', 8n],
    ['int32', 2n ** 31n],
    ['int64', -(2n ** 63n)],
  ])('rejects for %s the zero point %d', (type, zeroPoint) => {
    expect(messages({ type, quantization: { scale: [1], zero_point: [zeroPoint] } })).toHaveLength(1);
  });

  it('rejects numbers of scales and zero points that do not fit', () => {
    const three = [0n, 0n, 0n];
    expect(messages({ shape: [2], quantization: { scale: [1, 1], zero_point: three } })).toEqual([
      'The tensor has 2 scales and 3 zero points.',
    ]);
  });

  it('rejects quantisation in blocks, of a kind that the representation does not have', () => {
    const details = { member: BlockwiseQuantization, values: { block_size: 32 } };
    expect(messages({ quantization: { scale: [1], zero_point: [0n], details } })[0]).toContain('quantised in blocks');
  });
});
