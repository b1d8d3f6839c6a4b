import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../src/report/check.js';
import { failureSchema } from '../../src/report/json.js';
import { digits, jsonOf, modelc, supportedGraph, temporaryFolder, unsupportedGraph, writeModelFile } from './run.js';

const folder = temporaryFolder();
const unsupported = writeModelFile(join(folder, 'unsupported.tflite'), unsupportedGraph());

describe('check of a supported model', () => {
  it('says what the model is, what it takes, and that it fits', async () => {
    const report = jsonOf(await modelc(['check', digits, '--json']), checkSchema);
    expect(report).toMatchObject({
      exit_code: 0,
      supported: true,
      model: { name: 'digits', macs: 81408, bytes: 18024 },
      inputs: [{ type: 'int8', shape: [1, 8, 8, 1], bytes: 64, zero_point: -128 }],
      outputs: [{ shape: [1, 10], bytes: 10 }],
      memory: { arena_bytes: 1344, arena_lower_bound: 1344 },
    });
    expect(report.operators).toContainEqual({ name: 'CONV_2D', count: 3, status: 'supported' });
    expect(report.boards.map(({ board }) => board)).toContain('rp2040');
    expect(report.boards.every(({ fits }) => fits)).toBe(true);
  });

  it('prints the same for people', async () => {
    const { exitCode, stdout, stderr } = await modelc(['check', digits]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/arena +1,344 bytes, the least possible/);
    expect(stdout).toMatch(/DEPTHWISE_CONV_2D +2 +supported/);
    expect(stdout).toMatch(/microbit +yes +3,392 of 16,384/);
  });
});

describe('check of a model that is too large', () => {
  const large = writeModelFile(join(folder, 'large.tflite'), supportedGraph(20_000));

  it('fails with the numbers for a board that was asked for', async () => {
    const report = jsonOf(await modelc(['check', large, '--board', 'microbit,host', '--json']), checkSchema);
    expect(report.exit_code).toBe(4);
    expect(report.boards).toEqual([
      expect.objectContaining({ board: 'microbit', fits: false, ram: { needed: 22_048, available: 16_384 } }),
      { board: 'host', fits: true, verdict: 'yes', ram: null, flash: null },
    ]);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({ code: 'fit/ram' });
    expect(report.problems[0]?.message).toMatch(/20000 bytes.*16384 bytes of RAM, 2048 of them/);
  });

  it('is no failure when no board was asked for', async () => {
    const { exitCode, stdout } = await modelc(['check', large]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/microbit +no/);
    expect(stdout).toMatch(/rp2040 +yes/);
  });
});

describe('check of an unsupported model', () => {
  it('reports every problem at once, with operator, tensor and remedy', async () => {
    const report = jsonOf(await modelc(['check', unsupported, '--json']), checkSchema);
    expect(report).toMatchObject({ exit_code: 3, supported: false, memory: null, boards: [], model: { macs: null } });
    expect(report.operators).toEqual([
      { name: 'LOGISTIC', count: 1, status: 'supported' },
      { name: 'CUSTOM:Fft', count: 2, status: 'unsupported' },
      { name: 'SOFTMAX', count: 1, status: 'refused' },
    ]);
    const found = report.problems.map(({ code, place }) => [code, place.operator?.index, place.tensor?.index]);
    expect(found).toEqual([
      ['model/unsupported-type', undefined, 4],
      ['model/unsupported-operator', 1, undefined],
      ['model/unsupported-quantization', 2, 3],
      ['model/unsupported-operator', 3, undefined],
    ]);
    for (const { remedy, message } of report.problems) {
      expect(message).not.toBe('');
      expect(remedy).not.toBe('');
    }
  });

  it('prints them all for people, and no control characters of the file', async () => {
    const { exitCode, stdout } = await modelc(['check', unsupported]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('4 problems');
    expect(stdout.match(/→/g)).toHaveLength(3);
    expect(stdout).toMatch(/operator 1 CUSTOM:Fft; and 1 more CUSTOM:Fft: operators 3\n/);
    expect(stdout).toMatch(/operator 2 SOFTMAX, tensor 3/);
    expect(stdout).not.toContain('\u001b');
  });
});

describe('check of a damaged file', () => {
  it('gives one clear error with the file', async () => {
    const path = join(folder, 'damaged.tflite');
    writeFileSync(path, 'not a model at all');
    const result = await modelc(['check', path, '--json']);
    const report = jsonOf(result, failureSchema);
    expect(report).toMatchObject({ command: 'check', exit_code: 3 });
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({ code: 'format/not-tflite', place: { file: path } });
    expect(result.stderr).toContain('format/not-tflite');
  });
});
