import { describe, expect, it } from 'vitest';
import { executionOrder } from '../../src/codegen/program-view.js';
import { timelineOf, writtenSpan } from '../../src/codegen/timeline.js';
import { compileModel } from '../../src/compiler.js';
import { outputLayer, readTrace, tracedOutputs, tracedTensors, traceFileBytes } from '../../src/verify/trace.js';
import { digits } from '../support/digits.js';

const program = compileModel(digits.bytes);

function record(layer: number, row: number, ticks: number, ...bytes: number[]): number[] {
  const words = [layer, row, ticks, bytes.length];
  return [...words.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 255)), ...bytes];
}

describe('readTrace', () => {
  it('reads layer, row, ticks and bytes of every record', () => {
    const file = Uint8Array.from([...record(3, 260, 70000, 1, 2), ...record(outputLayer, 0, 0, 9)]);
    expect(readTrace(file)).toEqual([
      { layer: 3, row: 260, ticks: 70000, bytes: Uint8Array.of(1, 2) },
      { layer: outputLayer, row: 0, ticks: 0, bytes: Uint8Array.of(9) },
    ]);
  });

  it('keeps what there is of a record that is cut off', () => {
    const file = Uint8Array.from([...record(0, 0, 5, 1, 2, 3), ...record(1, 0, 5, 4)]);
    expect(readTrace(file.subarray(0, 18)).map(({ bytes }) => [...bytes])).toEqual([[1, 2]]);
    expect(readTrace(file.subarray(0, 25)).map(({ bytes }) => [...bytes])).toEqual([[1, 2, 3]]);
    expect(readTrace(file.subarray(0, 15))).toEqual([]);
  });
});

describe('a trace of a program', () => {
  const indexOf = new Map(executionOrder(program).map((position, index) => [position, index]));
  const records = timelineOf(program).map((event) => {
    const { begin, end } = writtenSpan(event, 0);
    const bytes = Uint8Array.from({ length: Math.max(0, end - begin) }, (_, i) => (begin + i) & 255);
    return { layer: indexOf.get(event.position) ?? -1, row: event.event, ticks: 1, bytes };
  });

  it('is put together in any order of its records', () => {
    const tensors = tracedTensors(program, records.toReversed());
    expect(tensors.size).toBeGreaterThan(5);
    for (const { bytes, isKnown } of tensors.values()) {
      expect(bytes).toEqual(bytes.map((_, i) => i & 255));
      expect(isKnown.every((known) => known === 1)).toBe(true);
    }
  });

  it('leaves open what a missing record would have said', () => {
    const [first, ...rest] = records;
    const output = program.graph.operators[0]?.outputs[0] as number;
    const unknown = tracedTensors(program, rest)
      .get(output)
      ?.isKnown.filter((known) => known === 0);
    expect(unknown).toHaveLength(first?.bytes.length as number);
  });

  it('ends with the outputs', () => {
    const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);
    const [found] = tracedOutputs(program, [...records, { layer: outputLayer, row: 0, ticks: 0, bytes }]);
    expect(found?.bytes).toEqual(bytes);
    expect(tracedOutputs(program, records)[0]?.isKnown.some((known) => known === 1)).toBe(false);
    const total = records.reduce((sum, record) => sum + 16 + record.bytes.length, 16 + bytes.length);
    expect(traceFileBytes(program)).toBe(total);
  });
});
