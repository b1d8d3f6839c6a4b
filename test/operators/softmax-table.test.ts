/** SOFTMAX keeps the exponentials that can count, and no more. */
import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Operator } from '../../src/ir/graph.js';
import { findOperator, prepareGraph } from '../../src/operators/registry.js';
import { createNode } from '../../src/operators/support/node.js';
import { GraphBuilder } from './support/graph-builder.js';

function softmax(depth: number, scale: number) {
  const builder = new GraphBuilder();
  const input = builder.input({ shape: [1, depth], quantization: { scale, zeroPoint: 0 } });
  const output = builder.tensor({ shape: [1, depth], quantization: { scale: 1 / 256, zeroPoint: -128 } });
  builder.operator('SOFTMAX', [input], [output], { beta: 1 });
  const graph = builder.build([output]);
  const layers = prepareGraph(graph);
  const prepared = findOperator('SOFTMAX')?.prepare(createNode(graph, graph.operators[0] as Operator));
  const { exponentials } = prepared as { exponentials: Int32Array };
  return { graph, layers, exponentials };
}

describe('the table of exponentials', () => {
  it.each([
    [4, 0.1, 139],
    [4, 1, 14],
    [4, 0.0625, 222],
    [4, 0.01, 256],
    [1, 0.01, 1],
  ])('for rows of %d at scale %d has %d entries', (depth, scale, entries) => {
    expect(softmax(depth, Math.fround(scale)).exponentials).toHaveLength(entries);
  });

  it('ends with an exponential that counts, in front of those that round to 0', () => {
    const { exponentials } = softmax(4, Math.fround(0.1));
    expect(exponentials.at(-1)).toBeGreaterThanOrEqual(2 ** 11);
    expect(Math.exp(-0.1 * exponentials.length) * 2 ** 31).toBeLessThan(2 ** 11);
  });
});

describe('rows whose sum is 512 times the largest exponential and more', () => {
  it.each([
    [511, -127],
    [512, -128],
    [4096, -128],
    [70_000, -128],
  ])('%d equal values have the code %d', (depth, code) => {
    const { graph, layers } = softmax(depth, 0.5);
    const [output] = interpret(graph, layers, [new Uint8Array(depth)]).outputs;
    expect(new Set(new Int8Array(output as Uint8Array))).toEqual(new Set([code]));
  });
});
