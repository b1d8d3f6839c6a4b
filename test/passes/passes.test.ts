import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import type { Graph } from '../../src/ir/graph.js';
import { prepareGraph } from '../../src/operators/registry.js';
import { optimize, passes } from '../../src/passes/passes.js';
import { describeCase } from '../operators/support/evaluate.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase } from '../operators/support/operator-case.js';
import { digits, digitsVectors } from '../support/digits.js';

const graphs = (await loadCases()).filter(({ file }) =>
  ['graphs', 'padded-windows', 'constant-channels'].includes(file),
);

/** A constant operator and one that nobody reads. */
function wasteful(): Graph {
  const builder = new GraphBuilder();
  const tensor = (data?: Int8Array) => builder.tensor({ shape: [2], quantization: { scale: 1, zeroPoint: 0 } }, data);
  const x = builder.input({ shape: [2], quantization: { scale: 1, zeroPoint: 0 } });
  const c = tensor(Int8Array.of(-1, 1));
  const [folded, dead, sum] = [tensor(), tensor(), tensor()];
  builder.operator('RELU', [c], [folded]);
  builder.operator('RELU6', [x], [dead]);
  builder.operator('ADD', [x, folded], [sum]);
  return builder.build([sum]);
}
const names = ({ operators }: Graph) => operators.map(({ name }) => name);

describe('passes', () => {
  it('can be left out one by one', () => {
    expect(names(optimize(wasteful()))).toEqual(['ADD']);
    expect(names(optimize(wasteful(), ['fold-constants']))).toEqual(['RELU', 'ADD']);
    expect(names(optimize(wasteful(), ['remove-dead-operators']))).toEqual(['RELU6', 'ADD']);
    expect(
      names(
        optimize(
          wasteful(),
          passes.map(({ name }) => name),
        ),
      ),
    ).toEqual(['RELU', 'RELU6', 'ADD']);
  });

  it.each(graphs)('keep every output byte of random graphs', ({ cases }) => {
    for (let number = 0; number < 40; number++) {
      const { graph, inferences } = makeCase(cases, 31, number);
      const optimized = optimize(graph);
      for (const inputs of inferences) {
        expect(
          interpret(optimized, prepareGraph(optimized), inputs).outputs,
          describeCase({ graph, inferences }),
        ).toEqual(interpret(graph, prepareGraph(graph), inputs).outputs);
      }
    }
  });

  it.each(passes.map(({ name }) => name))('without %s the example computes the same', (name) => {
    const { graph, layers } = compileModel(digits.bytes, { skipPasses: [name] });
    for (const { input, output } of digitsVectors().slice(0, 3)) {
      expect(interpret(graph, layers, [input]).outputs).toEqual([output]);
    }
  });
});
