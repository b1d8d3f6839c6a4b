import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { logisticGraph, makeModel, makeOperator, makeTensor } from '../support/models.js';
import { runTflm, type TflmJob, tflmAbsent } from './oracle.js';

if (tflmAbsent !== undefined) console.log(`oracle not tested: ${tflmAbsent}`);

const jobFor = (graph: Graph, bytes = 4): TflmJob => ({
  model: writeModel(makeModel([graph])),
  steps: [[new Uint8Array(bytes)]],
});

const logisticScale = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };
const sound = jobFor(logisticGraph({ tensors: [makeTensor(0), makeTensor(1, { quantization: logisticScale })] }));

/** TFLM does not check tensor indices: this one leads far out of its memory. */
const crashing = jobFor(logisticGraph({ operators: [makeOperator(0, { inputs: [100_000_000] })] }));
const unknownOperator = jobFor(logisticGraph({ operators: [makeOperator(0, { name: 'CUSTOM:Unheard' })] }));

describe.skipIf(tflmAbsent !== undefined)('runTflm', () => {
  it('returns outputs, and tensors when asked, of every step', async () => {
    // scale 0.5, zero point 3: the elements are 0, 1, −1 and 62; 1/(1 + e^−x) in 1/256, less 128
    const inputs = [3, 5, 1, 127].map((value) => [new Uint8Array(4).fill(value)]);
    const [plain, kept] = await runTflm([
      { ...sound, steps: inputs },
      { ...sound, steps: inputs, tensors: true },
    ]);
    const expected = [0, 59, -59, 127].map((value) => new Uint8Array(new Int8Array(4).fill(value).buffer));
    if (!plain?.ok || !kept?.ok) throw new Error(JSON.stringify([plain, kept]));
    expect(plain.steps.map(({ outputs }) => outputs)).toEqual(
      expected.map((bytes) => [{ type: 'int8', shape: [1, 4], bytes }]),
    );
    expect(plain.steps.every(({ tensors }) => tensors.size === 0)).toBe(true);
    expect(kept.steps.map(({ tensors }) => tensors.get(1)?.bytes)).toEqual(expected);
  });

  it('reports what TFLM refuses or dies of, and still runs the other jobs', async () => {
    const results = await runTflm([
      unknownOperator,
      crashing,
      { ...sound, steps: [[new Uint8Array(3)]] },
      { ...sound, steps: [[]] },
      { ...sound, model: new Uint8Array(100) },
      sound,
    ]);
    const errors = results.map((result) => (result.ok ? 'ok' : result.error));
    expect(errors[0]).toContain('Failed to get registration from op code CUSTOM');
    expect(errors[1]).toContain('TFLM was stopped by SIG');
    expect(errors[2]).toContain('has 3 bytes, the model input takes 4');
    expect(errors[3]).toContain('step 0 has 0 input files, the model takes 1');
    expect(errors[4]).not.toBe('ok');
    expect(errors[5]).toBe('ok');
  });

  it('has nothing to do for no jobs', async () => {
    expect(await runTflm([])).toEqual([]);
  });
});
