/** Finds the module of an operator and prepares whole graphs, collecting every problem of the model. */
import { ModelcError } from '../errors.js';
import type { Graph, Operator } from '../ir/graph.js';
import { ProblemCollector } from '../problems.js';
import type { OperatorModule } from './operator.js';
import { operatorModules } from './registry.generated.js';
import { createNode } from './support/node.js';

const byName = new Map(operatorModules.map((module) => [module.name, module]));

export function findOperator(name: string): OperatorModule | undefined {
  return byName.get(name);
}

/** Names of all operators modelc compiles, sorted. */
export function supportedOperators(): string[] {
  return [...byName.keys()].sort();
}

/** One operator ready to be evaluated and emitted. */
export interface Layer {
  readonly operator: Operator;
  readonly module: OperatorModule;
  /** What `module.prepare` returned; only the module knows its type. */
  readonly prepared: unknown;
}

/** Prepares one operator. Throws ModelcError when modelc cannot compile it. */
export function prepareOperator(graph: Graph, operator: Operator): Layer {
  const module = byName.get(operator.name);
  if (module === undefined) {
    throw new ModelcError({
      code: 'model/unsupported-operator',
      message: `Operator ${operator.name} (version ${operator.version}) is not supported.`,
      remedy: 'Replace it by operators that are; the README lists them.',
      place: { operator: { index: operator.index, name: operator.name } },
    });
  }
  const stateful = operator.inputs.concat(operator.outputs).find((index) => graph.tensors[index]?.isVariable);
  const node = createNode(graph, operator);
  if (stateful !== undefined) {
    node.fail(
      'model/unsupported-type',
      'The tensor keeps state between inferences.',
      'Export the model without variables.',
      graph.tensors[stateful],
    );
  }
  const dynamic = operator.inputs
    .concat(operator.outputs)
    .find((index) => graph.tensors[index]?.shape.some((extent) => extent < 0));
  if (dynamic !== undefined) {
    node.fail(
      'model/shape',
      'The tensor has a dynamic dimension.',
      'Export the model with a fixed batch size and static shapes.',
      graph.tensors[dynamic],
    );
  }
  return { operator, module, prepared: module.prepare(node) };
}

/** Prepares every operator of a graph in order. Throws one ModelcError with their problems (at most 100). */
export function prepareGraph(graph: Graph): Layer[] {
  const found = new ProblemCollector();
  const layers: Layer[] = [];
  for (const operator of graph.operators) {
    try {
      layers.push(prepareOperator(graph, operator));
    } catch (error) {
      if (!(error instanceof ModelcError)) throw error;
      found.add(...error.problems);
      if (found.isFull) break;
    }
  }
  found.throwIfAny();
  return layers;
}
