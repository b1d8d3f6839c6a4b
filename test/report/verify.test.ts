import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { ModelcError, worstExitCode } from '../../src/errors.js';
import { createStyle } from '../../src/report/terminal.js';
import { type BoardOutcome, verifyReport, verifySchema, verifyText } from '../../src/report/verify.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { writeModel } from '../../src/tflite/writer.js';
import { compareTraces } from '../../src/verify/compare-trace.js';
import { outputLayer, type TraceRecord } from '../../src/verify/trace.js';
import { supportedGraph } from '../cli/run.js';
import { makeModel } from '../support/models.js';

const compiled = compileModel(writeModel(makeModel([supportedGraph()])));
const boards = loadBoards();
const cases = [{ name: 'made up', inputs: [new Uint8Array(4)] }];
const inputs = cases.map((testCase) => testCase.inputs);

function outcome(selector: string, trace: readonly TraceRecord[] | ModelcError): BoardOutcome {
  const selection = selectBoard(boards, selector);
  if (trace instanceof ModelcError) return { selection, program: compiled, result: trace };
  const verdict = compareTraces(compiled, inputs, [trace]);
  const names = { board: selection.board.name, toolchain: selection.toolchain.name };
  return { selection, program: compiled, result: { ...names, cases: 1, strays: [], ...verdict } };
}

// LOGISTIC of q = 0 at scale 0.5 and zero point 3: 256 / (1 + e^1.5) − 128 ≈ −81
const values = (...bytes: number[]) => Uint8Array.from(bytes, (byte) => byte & 255);
const trace = (layer: Uint8Array): TraceRecord[] => [
  { layer: 0, row: 0, ticks: 0, bytes: layer },
  { layer: outputLayer, row: 0, ticks: 0, bytes: values(-81, -81, -81, -81) },
];
const right = trace(values(-81, -81, -81, -81));
const wrong = trace(values(-81, -81, 5, -81));
const tooLarge = new ModelcError({ code: 'fit/ram', message: 'Too large.', remedy: 'Shrink it.', place: {} });

const report = (...outcomes: BoardOutcome[]) =>
  verifySchema.parse(verifyReport({ prepared: compiled, name: 'm', cases, outcomes }));

describe('the report of a verification', () => {
  it('of one board repeats it at the top', () => {
    const { results, ...top } = report(outcome('rp2040', right));
    expect(top).toMatchObject({ equal: true, exit_code: 0, board: 'rp2040', first_difference: null });
    expect(top.layers).toEqual(results[0]?.layers);
  });

  it('of several boards is equal only when all are', () => {
    const both = report(outcome('rp2040', right), outcome('microbit', wrong));
    expect(both).toMatchObject({ equal: false, exit_code: 1, board: 'rp2040' });
    expect(both.layers).toMatchObject([{ index: 0, operator: 'LOGISTIC', equal: false }]);
    expect(both.results.map(({ equal }) => equal)).toEqual([true, false]);
    expect(both.first_difference?.element).toEqual({ index: 2, coordinates: [0, 2], expected: -81, found: 5 });
  });

  it('does not call equal what was not run', () => {
    const failed = report(outcome('rp2040', tooLarge));
    expect(failed).toMatchObject({ equal: false, exit_code: 4, layers: [], problems: [{ code: 'fit/ram' }] });
    expect(verifyText(createStyle(false), failed)).toMatch(/Too large\.[\s\S]*rp2040, gcc: not verified/);
  });

  it('does not let a board that is too small hide a difference', () => {
    expect(report(outcome('microbit', tooLarge), outcome('rp2040', wrong)).exit_code).toBe(1);
  });

  it('says when the board stopped writing', () => {
    const { first_difference } = report(outcome('rp2040', trace(values(-81, -81)).slice(0, 1)));
    expect(first_difference).toMatchObject({ element: { index: 2, found: null }, differing_elements: 2 });
  });

  it('counts the targets for people', () => {
    const text = verifyText(
      createStyle(false),
      report(outcome('rp2040', right), outcome('host:clang', wrong), outcome('microbit', tooLarge)),
    );
    expect(text).toContain('1 of 3 targets equal, 1 differ, 1 could not be verified');
    expect(text).toContain('First difference on host, clang: layer 0 LOGISTIC');
  });
});

describe('the worst of several exit codes', () => {
  it.each([
    [[], 0],
    [[0, 4], 4],
    [[4, 5, 0], 5],
    [[4, 1, 6, 7], 1],
    [[1, 10], 10],
  ] as const)('of %j is %i', (codes, worst) => expect(worstExitCode(codes)).toBe(worst));
});
