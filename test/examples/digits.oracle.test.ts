import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runTflm, tflmAbsent } from '../oracle/oracle.js';

if (tflmAbsent !== undefined) console.log(`test vectors of the digits example not recomputed: ${tflmAbsent}`);

const folder = new URL('../../examples/digits/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const vectors = JSON.parse(readFileSync(new URL('test-vectors/labels.json', folder), 'utf8')) as readonly {
  readonly input: string;
  readonly output: string;
}[];

describe.skipIf(tflmAbsent !== undefined)('digits example', () => {
  it('TFLite Micro computes the test vectors', async () => {
    const model = read('digits.tflite');
    const results = await runTflm(vectors.map(({ input }) => ({ model, steps: [[read(`test-vectors/${input}`)]] })));
    const computed = results.map((result) => (result.ok ? result.steps[0]?.outputs[0]?.bytes : result.error));
    expect(computed).toEqual(vectors.map(({ output }) => read(`test-vectors/${output}`)));
  });
});
