/** Verifies every supported model of the shared folder on a list of boards, one test for each pair. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { randomInputs } from '../../src/codegen/test-vectors.js';
import { compileModel, type Program } from '../../src/compiler.js';
import { ExitCode, ModelcError } from '../../src/errors.js';
import { type Board, capacity, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { type Verification, verifyOnBoard } from '../../src/verify/verify.js';
import { caseInputs, loadGolden } from '../support/golden.js';
import { sharedGoldenPaths, sharedModelsAbsent } from '../support/shared-models.js';
import { modelName, supportedModels, tooLarge } from './expectations.js';

const timeoutMs = 600_000;

/** Three test cases: pseudo-random inputs, and all bytes at either end of int8. */
export function testCases({ graph }: Program): readonly (readonly Uint8Array[])[] {
  const random = randomInputs(
    graph.inputs.map((index) => graph.tensors[index] as (typeof graph.tensors)[number]),
    1,
  );
  return [random, ...[0x80, 0x7f].map((byte) => random.map((bytes) => new Uint8Array(bytes.length).fill(byte)))];
}

/** The inputs of a model's golden file, of which the interpreter is known to give TensorFlow Lite Micro's outputs. */
function goldenCases(name: string): readonly (readonly Uint8Array[])[] {
  const path = sharedGoldenPaths().find((candidate) => candidate.endsWith(`/${name}.golden.json`)) as string;
  const golden = loadGolden(path);
  // supported models have no state: each step is a case of its own
  return golden.cases.flatMap((_, index) => caseInputs(golden, index));
}

/** Builds, runs and compares in a temporary folder; `selector` is `board` or `board:toolchain`. */
export async function verifyModel(
  compiled: Program,
  name: string,
  selector: string,
  cases = testCases(compiled),
): Promise<Verification> {
  const directory = mkdtempSync(join(tmpdir(), 'modelc-verify-'));
  try {
    return await verifyOnBoard(compiled, loadAssets(), {
      name,
      ...selectBoard(loadBoards(), selector),
      cases,
      directory,
      timeoutMs,
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Registers the tests, or one that passes and says why there are none. */
export function describeVerification(selectors: readonly string[]): void {
  if (sharedModelsAbsent !== undefined) {
    it('has no shared models to verify', () => console.log(`not verified: ${sharedModelsAbsent}`));
    return;
  }
  describe.each(selectors)('on %s', (selector) => {
    const { board } = selectBoard(loadBoards(), selector);
    it.each(supportedModels().map((file) => [modelName(file), file.bytes] as const))('%s', async (name, bytes) => {
      const compiled = compileModel(bytes);
      const expected = tooLarge[board.name]?.[name];
      if (expected !== undefined) {
        const error: unknown = await verifyModel(compiled, name, selector).catch((caught) => caught);
        expectDoesNotFit(error, expected, compiled, board);
        return;
      }
      // on this machine the golden inputs: the C is compared with TensorFlow Lite Micro itself, by way of the interpreter
      const cases = board.simulator.kind === 'native' ? goldenCases(name) : testCases(compiled);
      const verification = await verifyModel(compiled, name, selector, cases);
      expect(verification.strays).toEqual([]);
      expect(verification.firstDifference).toBeUndefined();
      expect(verification).toMatchObject({ equal: true, cases: cases.length });
      expect(verification.layers.map(({ equal }) => equal)).toEqual(compiled.layers.map(() => true));
      if (board.memory.length === 0) return;
      expect(verification.instructions).toBeGreaterThan(compiled.macs / 4);
      expect(verification.flash?.weights).toBeGreaterThan(0);
    });
  });
}

/** The refusal must carry exit code 4 and the figures, and they must be true. */
function expectDoesNotFit(error: unknown, code: string, { plan }: Program, board: Board): void {
  expect(error).toBeInstanceOf(ModelcError);
  const { exitCode, problems } = error as ModelcError;
  expect(exitCode).toBe(ExitCode.doesNotFit);
  expect(problems.map((problem) => problem.code)).toContain(code);
  for (const problem of problems) {
    const limit = capacity(board, problem.code === 'fit/ram' ? 'ram' : 'flash') as number;
    expect(problem.message).toContain(`${limit} bytes`);
    // what only the linker knows: code, statics and the test program's own
    if (/^The firmware needs \d+ bytes more/.test(problem.message)) continue;
    if (problem.code === 'fit/ram') {
      expect(problem.message).toContain(`${plan.arenaBytes} bytes`);
      expect(plan.arenaBytes + board.stackBytes).toBeGreaterThan(limit);
    } else {
      expect(Number(/(\d+) bytes of constants/.exec(problem.message)?.[1])).toBeGreaterThan(limit);
    }
  }
}
