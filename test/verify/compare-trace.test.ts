import { describe, expect, it } from 'vitest';
import { compileModel, type Program } from '../../src/compiler.js';
import { writeModel } from '../../src/tflite/writer.js';
import { compareTraces as compareRecords, coordinatesOf } from '../../src/verify/compare-trace.js';
import { readTrace } from '../../src/verify/trace.js';
import { makeModel, makeOperator, makeTensor } from '../support/models.js';
import { rightTrace, traceOffset, valueOffsets } from './traces.js';

const shape = [2, 3];
/** LOGISTIC of the input, SPLIT of that into two, RELU of the second half; model outputs: the first half and the RELU. */
const compiled = compileModel(
  writeModel(
    makeModel([
      {
        name: 'main',
        tensors: [
          makeTensor(0, { shape }),
          makeTensor(1, { shape, quantization: { scales: [1 / 256], zeroPoints: [-128], axis: 0 } }),
          makeTensor(2, { type: 'int32', shape: [], data: new Uint8Array(4) }),
          makeTensor(3, { shape: [1, 3], quantization: { scales: [1 / 256], zeroPoints: [-128], axis: 0 } }),
          makeTensor(4, { shape: [1, 3], quantization: { scales: [1 / 256], zeroPoints: [-128], axis: 0 } }),
          makeTensor(5, { shape: [1, 3], quantization: { scales: [1 / 256], zeroPoints: [-128], axis: 0 } }),
        ],
        operators: [
          makeOperator(0),
          makeOperator(1, { name: 'SPLIT', inputs: [2, 1], outputs: [3, 4], options: { num_splits: 2 } }),
          makeOperator(2, { name: 'RELU', inputs: [4], outputs: [5] }),
        ],
        inputs: [0],
        outputs: [3, 5],
      },
    ]),
  ),
);
const cases = [[Uint8Array.of(0, 10, 20, 30, 40, 50)], [Uint8Array.of(1, 2, 3, 4, 5, 6)], [new Uint8Array(6)]];
const right = cases.map((inputs) => rightTrace(compiled, inputs));

const compareTraces = (program: Program, inputs: readonly (readonly Uint8Array[])[], traces: readonly Uint8Array[]) =>
  compareRecords(program, inputs, traces.map(readTrace));

/** The verdict when one byte of one trace has a bit more or less. */
function planted(caseIndex: number, offset: number) {
  const traces = right.map((trace) => trace.slice());
  const trace = traces[caseIndex] as Uint8Array;
  trace[offset] = (trace[offset] as number) ^ 0x80;
  return compareTraces(compiled, cases, traces);
}

describe('the comparison of traces', () => {
  it('finds right traces equal, in all layers', () => {
    const verdict = compareTraces(compiled, cases, right);
    expect(verdict).toMatchObject({ equal: true });
    expect(verdict.firstDifference).toBeUndefined();
    expect(verdict.layers.map(({ operator, equal }) => [operator, equal])).toEqual([
      ['LOGISTIC', true],
      ['SPLIT', true],
      ['RELU', true],
    ]);
  });

  it('names the layers in the order in which they run, by their first output', () => {
    expect(compareTraces(compiled, cases, right).layers.map(({ index, name }) => [index, name])).toEqual([
      [0, 'tensor 1'],
      [1, 'tensor 3'],
      [2, 'tensor 5'],
    ]);
  });

  it.each([0, 1, 2])('finds a difference in case %i', (caseIndex) => {
    const verdict = planted(caseIndex, traceOffset(compiled, 2));
    expect(verdict.equal).toBe(false);
    expect(verdict.firstDifference).toMatchObject({ case: caseIndex, layer: 2, tensor: { index: 5 }, count: 1 });
    expect(verdict.layers.map(({ equal }) => equal)).toEqual([true, true, false]);
  });

  it('finds a difference in any byte of any case', () => {
    for (const caseIndex of right.keys()) {
      const missed = valueOffsets(compiled).filter((offset) => planted(caseIndex, offset).equal);
      expect(missed, `case ${caseIndex}`).toEqual([]);
    }
  });

  it('finds a difference in the last output of a layer with several, in its last byte', () => {
    const verdict = planted(1, traceOffset(compiled, 1) + 5);
    expect(verdict.firstDifference).toMatchObject({
      case: 1,
      layer: 1,
      tensor: { index: 4 },
      byte: 2,
      element: { index: 2, coordinates: [0, 2], count: 1 },
    });
    expect(verdict.layers.map(({ equal }) => equal)).toEqual([true, false, true]);
  });

  it.each([0, 1])('finds that only the output function %i gives other bytes, and blames no layer', (slot) => {
    const verdict = planted(0, traceOffset(compiled, 'model', slot));
    expect(verdict.equal).toBe(false);
    expect(verdict.firstDifference?.layer).toBeUndefined();
    expect(verdict.firstDifference?.tensor.index).toBe(compiled.graph.outputs[slot]);
    expect(verdict.layers.every(({ equal }) => equal)).toBe(true);
  });

  it('reports the first of several differences, and counts those of its tensor', () => {
    const traces = right.map((trace) => trace.slice());
    const first = traceOffset(compiled, 0);
    const damage = (trace: number, offset: number) => {
      const bytes = traces[trace] as Uint8Array;
      bytes[offset] = (bytes[offset] as number) ^ 1;
    };
    for (const offset of [first + 1, first + 3, first + 5, traceOffset(compiled, 2)]) damage(1, offset);
    damage(2, first);
    const { firstDifference, layers } = compareTraces(compiled, cases, traces);
    expect(firstDifference).toMatchObject({ case: 1, layer: 0, byte: 1, count: 3, element: { index: 1, count: 3 } });
    expect(firstDifference?.element.coordinates).toEqual([0, 1]);
    expect(layers.map(({ equal }) => equal)).toEqual([false, true, false]);
  });

  it('states what was expected and what was found', () => {
    const offset = traceOffset(compiled, 0) + 4;
    const byte = right[0]?.[offset] as number;
    const signed = (code: number) => (code << 24) >> 24;
    expect(planted(0, offset).firstDifference).toMatchObject({
      expected: byte,
      found: byte ^ 0x80,
      element: { expected: signed(byte), found: signed(byte ^ 0x80) },
    });
  });
});

describe('a short trace', () => {
  const shortened = (bytes: number, caseIndex = 0) =>
    compareTraces(
      compiled,
      cases,
      right.map((trace, i) => (i === caseIndex ? trace.subarray(0, bytes) : trace)),
    );

  it('of any length below the full one is a difference', () => {
    const full = right[0]?.length ?? 0;
    for (let bytes = 0; bytes < full; bytes++) expect(shortened(bytes).equal, `${bytes} of ${full} bytes`).toBe(false);
  });

  it('differs in the layer in which it ends and in those behind it', () => {
    const { layers, firstDifference } = shortened(traceOffset(compiled, 1) + 2);
    expect(layers.map(({ equal }) => equal)).toEqual([true, false, false]);
    expect(firstDifference).toMatchObject({ layer: 1, tensor: { index: 3 }, byte: 2, found: -1 });
    expect(firstDifference?.element.found).toBeUndefined();
  });

  it('that lacks only the last byte of the model is a difference of the output function', () => {
    const { layers, firstDifference } = shortened((right[2]?.length ?? 0) - 1, 2);
    expect(layers.every(({ equal }) => equal)).toBe(true);
    expect(firstDifference).toMatchObject({ case: 2, byte: 2, found: -1 });
  });

  it('that was not written at all is a difference in every layer', () => {
    const { equal, layers } = compareTraces(compiled, cases, right.slice(0, 2));
    expect(equal).toBe(false);
    expect(layers.some((layer) => layer.equal)).toBe(false);
  });
});

describe('coordinates', () => {
  it.each([
    [0, [2, 2, 3], [0, 0, 0]],
    [7, [2, 2, 3], [1, 0, 1]],
    [11, [2, 2, 3], [1, 1, 2]],
    [4, [5], [4]],
    [0, [], []],
  ])('of element %i of %j are %j', (index, of, expected) => {
    expect(coordinatesOf(index, of)).toEqual(expected);
  });
});

describe('elements wider than a byte', () => {
  const wide = compileModel(
    writeModel(
      makeModel([
        {
          name: 'main',
          tensors: [makeTensor(0), makeTensor(1, { type: 'float32' })],
          operators: [makeOperator(0, { name: 'DEQUANTIZE' })],
          inputs: [0],
          outputs: [1],
        },
      ]),
    ),
  );
  const inputs = [Uint8Array.of(3, 4, 5, 6)];

  it('are named and valued as elements', () => {
    const trace = rightTrace(wide, inputs);
    // 2.0 at scale 0.5 and zero point 3 is not in the input; 0.5 becomes 0.5 with another exponent
    new DataView(trace.buffer).setFloat32(traceOffset(wide, 0) + 4, 2.5, true);
    expect(compareTraces(wide, [inputs], [trace]).firstDifference).toMatchObject({
      layer: 0,
      element: { index: 1, coordinates: [0, 1], expected: 0.5, found: 2.5, count: 1 },
    });
  });

  it('are missing when the trace ends within them', () => {
    const trace = rightTrace(wide, inputs).subarray(0, traceOffset(wide, 0) + 14);
    const { element } = compareTraces(wide, [inputs], [trace]).firstDifference ?? {};
    expect(element).toMatchObject({ index: 3, expected: 1.5, count: 1 });
    expect(element?.found).toBeUndefined();
  });
});
