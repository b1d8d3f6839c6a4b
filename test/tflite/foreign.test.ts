import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/tflite/reader.js';
import { writeModel } from '../../src/tflite/writer.js';
import { logisticGraph, makeModel } from '../support/models.js';
import { problemsOf } from '../support/problems.js';

const model = writeModel(makeModel([logisticGraph()]));
const bytes = (...values: number[]) => Uint8Array.from([...values, ...new Array(64).fill(0)]);
const zip = (...names: string[]) =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x'.repeat(9000))])), { level: 0 });

describe('a file of another kind', () => {
  it.each<[string, Uint8Array, RegExp, RegExp]>([
    ['empty', new Uint8Array(0), /is empty/, /again/],
    ['gzip', bytes(0x1f, 0x8b, 8), /compressed by gzip/, /gunzip/],
    ['xz', bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a), /xz/, /Unpack/],
    [
      'Git LFS',
      strToU8('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 18024\n'),
      /Git LFS/,
      /git lfs pull/,
    ],
    ['a web page', strToU8('\n<!DOCTYPE html>\n<html lang="en">'), /web page/, /Raw/],
    ['xxd', strToU8('unsigned char digits_tflite[] = {\n  0x1c, 0x00, 0x00, 0x00, 0x54'), /C source/, /xxd -r -p/],
    [
      'xxd for a device',
      strToU8('#include "m.h"\nalignas(8) const uint8_t g_model[] DATA_ATTR = {0x1c'),
      /C source/,
      /\.tflite/,
    ],
    ['HDF5', bytes(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a), /HDF5/, /load_model/],
    ['Keras', zip('metadata.json', 'config.json', 'model.weights.h5'), /\.keras/, /load_model/],
    ['TorchScript', zip('net/data.pkl', 'net/code/__torch__.py', 'net/constants.pkl'), /TorchScript/, /PyTorch/],
    ['a PyTorch checkpoint', zip('net/data.pkl', 'net/data/0'), /PyTorch checkpoint/, /PyTorch/],
    ['an old checkpoint', bytes(0x80, 2, 0x8a, 0x0a), /pickle/, /PyTorch/],
    ['NumPy arrays', zip('x.npy', 'y.npy'), /NumPy/, /--input/],
    ['another archive', zip('readme.txt'), /ZIP archive/, /Unpack/],
    ['ONNX', bytes(0x08, 0x08, 0x12, 0x07, ...strToU8('pytorch')), /ONNX/, /onnx2tf/],
    ['ONNX without a producer', bytes(0x08, 0x0a, 0x3a, 0x80, 0x01), /ONNX/, /onnx2tf/],
    ['SavedModel', bytes(0x08, 0x01, 0x12, 0xa0, 0x1f, 0x0a), /saved_model\.pb/, /from_saved_model/],
    ['TensorFlow.js', strToU8('{"format": "layers-model", "modelTopology": {}}'), /TensorFlow\.js/, /Keras/],
    ['ExecuTorch', bytes(0x1c, 0, 0, 0, ...strToU8('ET12')), /ExecuTorch/, /PyTorch/],
    [
      'a model without its identifier',
      Uint8Array.from(model, (byte, i) => (i >= 4 && i < 8 ? 0 : byte)),
      /FlatBuffer/,
      /TFL3/,
    ],
    ['anything', strToU8('not a model at all'), /does not carry TFL3/, /\.tflite/],
  ])('%s is named, with the way to a model', (_, file, message, remedy) => {
    const problems = problemsOf(() => readModel(file));
    expect(problems).toMatchObject([{ code: 'format/not-tflite', place: { offset: 0 } }]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toMatch(remedy);
  });

  it('is never thought of a model that starts like one of them', () => {
    expect(readModel(model).graphs).toHaveLength(1);
  });
});
