/** Finds the module of an operator and prepares whole graphs, collecting every problem of the model. */
import { ModelcError } from '../errors.js';
import type { TensorData } from '../ir/element-type.js';
import type { Graph, Operator, Options } from '../ir/graph.js';
import type { Binding, Isa, Operands } from '../kernels/kernel.js';
import { ProblemCollector } from '../problems.js';
import { operandsOf } from './operands.js';
import type { Border, Node, OperatorModule } from './operator.js';
import { operatorModules } from './registry.generated.js';
import { unsupportedOperator } from './remedies.js';
import { checkOperands } from './signature.js';
import type { ChannelRule } from './support/channels.js';
import { createNode } from './support/node.js';

const byName = new Map(operatorModules.map((module) => [module.name, module]));

export function findOperator(name: string): OperatorModule | undefined {
  return byName.get(name);
}

const renames = (name: string) => byName.get(name)?.traits?.renames === true;

/** Names of all operators modelc compiles, sorted. */
export function supportedOperators(): string[] {
  return [...byName.keys()].sort();
}

/** The kernel that computes a layer on a target. */
export interface KernelChoice {
  readonly kernel: string;
  readonly isa: Isa;
  readonly binding: Binding;
  /** Kernels the operator prefers, each with the reason why it was not taken. */
  readonly passedOver: readonly { readonly kernel: string; readonly reason: string }[];
}

/** One operator ready to be evaluated, and to be bound to a kernel. Closes over what its module prepared. */
export interface Layer {
  readonly operator: Operator;
  /** Multiply-accumulates per inference, 0 when the operator has none. */
  readonly macs: number;
  /** See `OperatorModule.steps`. */
  readonly steps: number;
  /** See `OperatorModule.evaluate`. */
  evaluate(inputs: readonly (TensorData | undefined)[], outputs: readonly TensorData[]): void;
  /** See `OperatorModule.border`. */
  readonly border: Border | undefined;
  /** See `OperatorModule.absorbBorder`. */
  absorbBorder(border: Border): Options | undefined;
  /** See `OperatorModule.channels`. */
  channels(): ChannelRule | undefined;
  /** The first kernel of the operator that `isas` can run and that takes the layer. */
  bind(isas: readonly Isa[]): KernelChoice;
}

/** Instructions of a layer in the order of magnitude: what weighs in a choice between granules of several layers. */
function estimatedWork(macs: number, { inputBytes, outputBytes }: Operands): number {
  const bytes = [...inputBytes, ...outputBytes].reduce((total, count) => total + count, 0);
  return macs > 0 ? instructionsPerMac * macs : instructionsPerByte * bytes;
}

const instructionsPerMac = 3;
const instructionsPerByte = 8;

function createLayer<Prepared>(graph: Graph, operator: Operator, module: OperatorModule<Prepared>, node: Node): Layer {
  const prepared = module.prepare(node);
  const macs = module.macs?.(prepared) ?? 0;
  return {
    operator,
    macs,
    steps: module.steps?.(prepared) ?? 0,
    evaluate: (inputs, outputs) => module.evaluate(prepared, inputs, outputs),
    border: module.border?.(prepared),
    absorbBorder: (border) => module.absorbBorder?.(prepared, border),
    channels: () => module.channels?.(prepared),
    bind(isas) {
      const operands = operandsOf(graph, operator, renames);
      const work = estimatedWork(macs, operands);
      const passedOver: { kernel: string; reason: string }[] = [];
      for (const { name: kernel, isa, bind } of module.kernels) {
        const binding = isas.includes(isa) ? bind(prepared, operands) : undefined;
        if (binding !== undefined) return { kernel, isa, binding: { work, ...binding }, passedOver };
        const reason = isas.includes(isa) ? 'it does not compute such a layer' : `the target does not run ${isa} code`;
        passedOver.push({ kernel, reason });
      }
      throw new Error(`no kernel computes ${operator.name}`);
    },
  };
}

/** Prepares one operator. Throws ModelcError when modelc cannot compile it. */
export function prepareOperator(graph: Graph, operator: Operator): Layer {
  const module = byName.get(operator.name);
  if (module === undefined) {
    throw new ModelcError({
      code: 'model/unsupported-operator',
      ...unsupportedOperator(operator),
      place: { operator: { index: operator.index, name: operator.name } },
    });
  }
  const node = createNode(graph, operator);
  checkOperands(node, module.operands);
  const stateful = operator.inputs.concat(operator.outputs).find((index) => graph.tensors[index]?.isVariable);
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
  return createLayer(graph, operator, module, node);
}

/**
 * Prepares every operator of a graph in order. Throws one ModelcError with what `found` holds already and the problems
 * of the operators, at least one of each kind.
 */
export function prepareGraph(graph: Graph, found = new ProblemCollector()): Layer[] {
  const layers: Layer[] = [];
  for (const operator of graph.operators) {
    try {
      layers.push(prepareOperator(graph, operator));
    } catch (error) {
      if (!(error instanceof ModelcError)) throw error;
      found.add(...error.problems);
    }
  }
  found.throwIfAny();
  return layers;
}
