/** The operands that modules declare are the only ones that compile. */
import { describe, expect, it } from 'vitest';
import { type ElementType, elementTypes } from '../../src/ir/element-type.js';
import type { Graph, Operator, Tensor } from '../../src/ir/graph.js';
import { findOperator, prepareGraph, supportedOperators } from '../../src/operators/registry.js';
import type { Operand } from '../../src/operators/signature.js';
import { problemsOf } from '../support/problems.js';
import { goldenSeed } from './support/golden-file.js';
import { loadCases } from './support/load-cases.js';
import { makeCase } from './support/operator-case.js';

const files = await loadCases();

/** A model of the operator alone, and the operator in it. */
function soundModel(name: string): { graph: Graph; operator: Operator } {
  const cases = files.find((file) => file.cases.operator === name)?.cases;
  if (cases === undefined) throw new Error(`no cases of ${name}`);
  const { graph } = makeCase(cases, goldenSeed, 0);
  const operator = graph.operators.find((candidate) => candidate.name === name) as Operator;
  return { graph: { ...graph, operators: [operator] }, operator };
}

/** The same model with other operands. */
function withOperands({ graph, operator }: ReturnType<typeof soundModel>, changes: Partial<Operator>): Graph {
  return { ...graph, operators: [{ ...operator, ...changes }] };
}

function withTensor(graph: Graph, index: number, changes: Partial<Tensor>): Graph {
  return {
    ...graph,
    tensors: graph.tensors.map((tensor) => (tensor.index === index ? { ...tensor, ...changes } : tensor)),
  };
}

const has = (operands: readonly Operand[], key: 'repeated' | 'optional') => operands.some((operand) => operand[key]);

describe.each(supportedOperators())('%s', (name) => {
  const model = soundModel(name);
  const { inputs, outputs } = (findOperator(name) as NonNullable<ReturnType<typeof findOperator>>).operands;
  const invalid = [{ code: 'model/invalid', place: { operator: { name } } }];

  it('compiles with the operands of its cases', () => {
    expect(problemsOf(() => prepareGraph(model.graph))).toEqual([]);
  });

  it.skipIf(has(inputs, 'repeated'))('refuses one input more than it declares', () => {
    const own = model.operator.inputs;
    const surplus = Array.from({ length: inputs.length + 1 }, (_, slot) => own[slot] ?? (own[0] as number));
    expect(problemsOf(() => prepareGraph(withOperands(model, { inputs: surplus })))).toMatchObject(invalid);
  });

  it.skipIf(has(outputs, 'repeated'))('refuses one output more than it declares', () => {
    const surplus = [...model.operator.outputs, model.operator.outputs[0] as number];
    expect(problemsOf(() => prepareGraph(withOperands(model, { outputs: surplus })))).toMatchObject(invalid);
  });

  it('refuses to lack an input or an output', () => {
    const fewest = inputs.filter(({ optional }) => !optional).length - 1;
    for (const changes of [{ inputs: model.operator.inputs.slice(0, fewest) }, { outputs: [] }]) {
      expect(problemsOf(() => prepareGraph(withOperands(model, changes)))).toMatchObject(invalid);
    }
  });

  it('refuses every type that it does not declare, in each slot, with a remedy', () => {
    const accepted: string[] = [];
    const slots = [
      ...model.operator.inputs.map((index, slot) => ({ index, operand: inputs[Math.min(slot, inputs.length - 1)] })),
      ...model.operator.outputs.map((index) => ({ index, operand: outputs[0] })),
    ];
    for (const { index, operand } of slots) {
      const { types, liteTypes = [] } = operand as Operand;
      const declared: readonly ElementType[] =
        'of' in types ? Object.values(types.map ?? {}).flat() : [...types, ...liteTypes];
      for (const type of index < 0 ? [] : elementTypes) {
        if (declared.includes(type) || type === model.graph.tensors[index]?.type) continue;
        const problems = problemsOf(() => prepareGraph(withTensor(model.graph, index, { type })));
        if (problems[0]?.code !== 'model/unsupported-type') accepted.push(`${operand?.name}: ${type}`);
        else
          expect(problems[0]).toMatchObject({
            message: expect.stringContaining(type),
            remedy: expect.stringMatching(/\.$/),
          });
      }
    }
    expect(accepted).toEqual([]);
  });

  it('refuses to compute at run time what it declares constant', () => {
    for (const [slot, { constant }] of inputs.entries()) {
      const index = model.operator.inputs[slot] ?? -1;
      if (!constant || index < 0) continue;
      const { data: _, ...computed } = model.graph.tensors[index] as Tensor;
      const graph = { ...model.graph, tensors: model.graph.tensors.with(index, computed) };
      expect(problemsOf(() => prepareGraph(graph))).toMatchObject([
        { code: 'model/unsupported-option', place: { tensor: { index } } },
      ]);
    }
  });
});

describe('declarations', () => {
  it('name operands once, and depend on earlier ones only', () => {
    for (const name of supportedOperators()) {
      const { inputs, outputs } = findOperator(name)?.operands ?? { inputs: [], outputs: [] };
      const names = [...inputs, ...outputs].map((operand) => operand.name);
      expect(new Set(names).size, name).toBe(names.length);
      [...inputs, ...outputs].forEach(({ types }, i) => {
        if ('of' in types) expect(names.slice(0, i), name).toContain(types.of);
      });
    }
  });

  it('put optional and repeated operands last', () => {
    for (const name of supportedOperators()) {
      const { inputs, outputs } = findOperator(name)?.operands ?? { inputs: [], outputs: [] };
      for (const operands of [inputs, outputs]) {
        const firstOptional = operands.findIndex(({ optional }) => optional);
        if (firstOptional >= 0)
          expect(
            operands.slice(firstOptional).every(({ optional }) => optional),
            name,
          ).toBe(true);
        expect(
          operands.slice(0, -1).some(({ repeated }) => repeated),
          name,
        ).toBe(false);
      }
    }
  });
});
