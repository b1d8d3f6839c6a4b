/** Runs the command line in this process, with models made by the test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { type CliOptions, runCli } from '../../src/cli/run-cli.js';
import type { Graph } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { logisticGraph, makeModel, makeOperator, makeTensor } from '../support/models.js';

export const digits = fileURLToPath(new URL('../../examples/digits/digits.tflite', import.meta.url));
export const digitsVectors = fileURLToPath(new URL('../../examples/digits/test-vectors/', import.meta.url));

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSurroundings extends Partial<CliOptions> {
  readonly terminal?: boolean;
}

export async function modelc(argv: readonly string[], { terminal = false, ...options }: RunSurroundings = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: terminal,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runCli(argv, { stdout: stream('stdout'), stderr: stream('stderr'), ...options });
  return { exitCode, ...written };
}

/** The one object on standard output, checked against its schema and against the exit code. */
export function jsonOf<T>(result: CliResult, schema: { parse(value: unknown): T }): T {
  expect(result.stdout, 'exactly one line').toMatch(/^[^\n]+\n$/);
  const object = JSON.parse(result.stdout);
  expect(object.exit_code).toBe(result.exitCode);
  return schema.parse(object);
}

/** A folder that is removed after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelc-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeModelFile(path: string, graph: Graph): string {
  writeFileSync(path, writeModel(makeModel([graph])));
  return path;
}

const probability = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };

/** int8 [1, size] → LOGISTIC */
export function supportedGraph(size = 4): Graph {
  const shape = [1, size];
  return logisticGraph({
    tensors: [makeTensor(0, { shape }), makeTensor(1, { shape, quantization: probability })],
  });
}

/** Two inputs [1, 4], added. */
export function sumGraph(): Graph {
  return logisticGraph({
    tensors: [makeTensor(0), makeTensor(1), makeTensor(2)],
    operators: [
      makeOperator(0, {
        name: 'ADD',
        inputs: [0, 1],
        outputs: [2],
        options: { fused_activation_function: 'NONE', pot_scale_int16: true },
      }),
    ],
    inputs: [0, 1],
    outputs: [2],
  });
}

/** One supported operator, one of a kind that is not, one with a refused output scale, and a float64 output. */
export function unsupportedGraph(): Graph {
  return logisticGraph({
    tensors: [
      makeTensor(0),
      makeTensor(1, { quantization: probability }),
      makeTensor(2, { name: 'spectrum\u001b[31m' }),
      makeTensor(3),
      makeTensor(4, { type: 'float64', name: 'wide' }),
    ],
    operators: [
      makeOperator(0),
      makeOperator(1, { name: 'CUSTOM:Fft', inputs: [1], outputs: [2] }),
      makeOperator(2, { name: 'SOFTMAX', inputs: [2], outputs: [3], options: { beta: 1 } }),
      makeOperator(3, { name: 'CUSTOM:Fft', inputs: [3], outputs: [4] }),
    ],
    outputs: [4],
  });
}
