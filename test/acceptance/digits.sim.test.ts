import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { compileModel } from '../../src/compiler.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { isSimulated, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { verifyOnBoard } from '../../src/verify/verify.js';
import { digits, digitsVectors } from '../support/digits.js';
import { edgeModels } from './edge-models.js';
import { verifyModel } from './verify-models.js';

const selectors = loadBoards()
  .filter(isSimulated)
  .flatMap(({ name, toolchains }) => toolchains.map((toolchain) => `${name}:${toolchain.name}`));

describe('the example model', () => {
  const compiled = compileModel(digits.bytes);
  const vectors = digitsVectors();

  it('gives the outputs of its test vectors in the interpreter', () => {
    for (const { input, output } of vectors) {
      expect(interpret(compiled.graph, compiled.layers, [input]).outputs).toEqual([output]);
    }
  });

  it('gives the same on a simulated Cortex-M4, in every layer', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'modelc-digits-'));
    try {
      const verification = await verifyOnBoard(compiled, loadAssets(), {
        name: 'digits',
        ...selectBoard(loadBoards(), 'mps2-an386'),
        cases: vectors.map(({ input }) => [input]),
        directory,
        timeoutMs: 120_000,
      });
      expect(verification).toMatchObject({ equal: true, cases: vectors.length });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it.each(selectors)('is equal in every layer on %s', async (selector) => {
    const verification = await verifyModel(compiled, 'digits', selector);
    expect(verification.firstDifference).toBeUndefined();
    expect(verification).toMatchObject({ equal: true, cases: 3 });
  });
});

describe.each([...edgeModels])('the model %s', (name, bytes) => {
  it.each(['host:gcc', 'mps2-an386'])('is equal on %s', async (selector) => {
    const verification = await verifyModel(compileModel(bytes), name, selector);
    expect(verification.firstDifference).toBeUndefined();
    expect(verification.equal).toBe(true);
  });
});
