import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatCrc32 } from '../../src/ir/crc32.js';
import { readModel } from '../../src/tflite/reader.js';
import { writeModel } from '../../src/tflite/writer.js';
import { sharedModels, sharedModelsAbsent } from '../support/shared-models.js';

if (sharedModelsAbsent !== undefined) console.log(`round trip of published models not tested: ${sharedModelsAbsent}`);

describe.skipIf(sharedModelsAbsent !== undefined)('published models', () => {
  it.each(sharedModels())('$name reads, and reads the same after writing', ({ bytes }) => {
    const { crc32: _, byteLength: __, ...model } = readModel(bytes);
    const { crc32: ___, byteLength: ____, ...again } = readModel(writeModel(model));
    // Weights are too large for a readable difference, and slow to format.
    expect(isDeepStrictEqual(again, model), 'models are equal').toBe(true);
  });

  it('have the operators and CRC that are on record', () => {
    const kws = sharedModels().find(({ name }) => name === 'kws.tflite')?.bytes as Uint8Array;
    const model = readModel(kws);
    expect(formatCrc32(model.crc32)).toBe('33a66a7c');
    expect(model.graphs[0]?.operators.map(({ name }) => name)).toEqual([
      'CONV_2D',
      ...new Array(4).fill(['DEPTHWISE_CONV_2D', 'CONV_2D']).flat(),
      'AVERAGE_POOL_2D',
      'RESHAPE',
      'FULLY_CONNECTED',
      'SOFTMAX',
    ]);
  });
});
