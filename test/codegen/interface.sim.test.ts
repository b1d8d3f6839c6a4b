/** The functions of a generated header, compiled as C and as C++, against the arithmetic of the interpreter. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { quantizeValue } from '../../src/operators/support/quantization.js';
import { warningFlags } from '../../src/targets/build-command.js';
import { writeModel } from '../../src/tflite/writer.js';
import { temporaryFolder } from '../cli/run.js';
import { logisticGraph, makeModel, makeTensor } from '../support/models.js';
import { generateForHost } from './generate.js';

const scale = Math.fround(0.0173);
const zeroPoint = -37;
const model = makeModel(
  [
    logisticGraph({
      tensors: [
        makeTensor(0, { quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } }),
        makeTensor(1, { quantization: { scales: [1 / 256], zeroPoints: [-128], axis: 0 } }),
      ],
    }),
  ],
  {
    signatures: [
      {
        key: 'serving_default',
        subgraph: 0,
        inputs: [{ name: 'accel', tensor: 0 }],
        outputs: [{ name: 'cls', tensor: 1 }],
      },
    ],
  },
);

// every code, and the values around each tie and each end
const halves = Array.from({ length: 800 }, (_, i) => (i - 400) / 2).map((code) => Math.fround(code * scale));
const values = [
  ...halves.flatMap((value) => [value, Math.fround(value * (1 + 2 ** -23)), Math.fround(value * (1 - 2 ** -23))]),
  ...[0, -0, 1e-45, 3.4e38, -3.4e38, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
].map(Math.fround);

const program = `#include <stdio.h>
#include "model.h"
int main(void) {
    static uint8_t arena[MODEL_ARENA_SIZE] MODEL_ALIGNED(MODEL_ARENA_ALIGN);
    model_ctx ctx;
    float value;
    if (model_init(&ctx, arena, sizeof arena) != MODEL_OK || model_input_accel(&ctx) != model_input(&ctx)
        || model_output_cls(&ctx) != model_output(&ctx) || MODEL_INPUT_ACCEL != 0u) {
        return 1;
    }
    while (fread(&value, sizeof value, 1, stdin) == 1) {
        printf("%d\\n", model_quantize_input_accel(value));
    }
    printf("%.9g %.9g\\n", (double)model_dequantize_output(-128), (double)model_dequantize_output_cls(64));
    return 0;
}
`;

describe.each([
  ['gcc', ['-std=c99'], 'main.c'],
  ['clang', ['-std=c99', '-fsanitize=undefined', '-fno-sanitize-recover=all'], 'main.c'],
  ['g++', ['-std=c++11'], 'main.cpp'],
])('%s', (compiler, flags, main) => {
  it('quantises to the codes of TensorFlow Lite and finds inputs and outputs by name', async () => {
    const folder = temporaryFolder();
    for (const { path, text } of generateForHost(compileModel(writeModel(model))).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, main), program);
    const c = compiler === 'g++' ? 'gcc' : compiler;
    for (const source of ['model.c', 'model-data.c']) {
      await execa(c, ['-std=c99', '-c', `model/${source}`], { cwd: folder });
    }
    await execa(
      compiler,
      [
        ...flags,
        ...warningFlags.filter((flag) => !flag.startsWith('-std')),
        '-Werror',
        '-Imodel',
        main,
        'model.o',
        'model-data.o',
      ],
      {
        cwd: folder,
      },
    );
    const input = new Uint8Array(Float32Array.from(values).buffer);
    const { stdout } = await execa(join(folder, 'a.out'), { input });
    const lines = stdout.split('\n');
    const expected = values.map((value) => quantizeValue(value, { scale, zeroPoint }, { min: -128, max: 127 }));
    expect(lines.slice(0, -1).map(Number)).toEqual(expected.map((code) => code + 0));
    expect(lines.at(-1)).toBe('0 0.75');
  });
});
