/** The compiler as one pure function: bytes of a `.tflite` file in, prepared model and plan out. */
import { ModelcError, type Problem } from './errors.js';
import { computedType } from './ir/element-type.js';
import type { Graph, Model, Tensor } from './ir/graph.js';
import { checkLimits } from './limits.js';
import { planMemory } from './memory/plan.js';
import type { MemoryPlan } from './memory/types.js';
import { validatePlan } from './memory/validate.js';
import { evaluationSteps } from './operators/cost.js';
import type { MemoryNeeds } from './operators/operator.js';
import { type Layer, prepareGraph } from './operators/registry.js';
import { withInt8Edges } from './passes/int8-edges.js';
import { optimize } from './passes/passes.js';
import { ProblemCollector } from './problems.js';
import { fileOrder } from './schedule/order.js';
import { readModel } from './tflite/reader.js';

/** A model that modelc can run and emit: optimised graph, prepared layers in execution order, memory plan. */
export interface CompiledModel {
  readonly model: Model;
  readonly graph: Graph;
  readonly layers: readonly Layer[];
  readonly needs: readonly MemoryNeeds[];
  readonly plan: MemoryPlan;
  /** Multiply-accumulates per inference. */
  readonly macs: number;
  /** Upper bound of the elementary steps of one inference in the interpreter. */
  readonly steps: number;
}

export interface CompileOptions {
  /** Names of passes to leave out. */
  readonly skipPasses?: readonly string[];
  /** `file` (default): inputs and outputs as the model has them. `int8`: their conversion is left to the caller. */
  readonly edges?: Edges;
}

/** What the model's inputs and outputs are. */
export type Edges = 'file' | 'int8';

/**
 * Reads, checks, optimises and plans a model.
 *
 * @throws ModelcError with every problem found when the file is corrupt or uses what modelc does not support.
 */
export function compileModel(bytes: Uint8Array, options: CompileOptions = {}): CompiledModel {
  return compileRead(readModel(bytes), options);
}

/** As `compileModel`, from a file that has been read. */
export function compileRead(read: Model, { skipPasses = [], edges = 'file' }: CompileOptions = {}): CompiledModel {
  checkLimits(read.graphs[0] as Graph);
  const model = edges === 'int8' ? withInt8Edges(read) : read;
  const graph = optimize(model.graphs[0] as Graph, skipPasses);
  const layers = prepareWithEdges(graph);
  const needs = layers.map(({ module, prepared }) => module.memory?.(prepared) ?? {});
  const order = fileOrder(graph);
  const plan = planMemory(graph, order, needs);
  const violations = validatePlan(graph, order, needs, plan);
  if (violations.length > 0) throw new Error(`invalid memory plan, please report this: ${violations.join('; ')}`);
  const macs = layers.reduce((total, { module, prepared }) => total + (module.macs?.(prepared) ?? 0), 0);
  const steps = layers.reduce((total, layer) => total + evaluationSteps(graph, layer), 0);
  return { model, graph, layers, needs, plan, macs, steps };
}

/** Prepares all operators. Throws one ModelcError with the problems of inputs, outputs and operators. */
function prepareWithEdges(graph: Graph): Layer[] {
  const found = new ProblemCollector();
  found.add(...edgeProblems(graph));
  let layers: Layer[] = [];
  try {
    layers = prepareGraph(graph);
  } catch (error) {
    if (!(error instanceof ModelcError)) throw error;
    found.add(...error.problems);
  }
  found.throwIfAny();
  return layers;
}

/** The graph's inputs and outputs must be values a C program can hand over. */
function edgeProblems(graph: Graph): Problem[] {
  return [...graph.inputs, ...graph.outputs].flatMap((index): Problem[] => {
    const tensor = graph.tensors[index] as Tensor;
    const place = { tensor: { index, name: tensor.name } };
    if (tensor.isVariable || computedType(tensor.type) === undefined) {
      return [
        {
          code: 'model/unsupported-type',
          message: `A model input or output of type ${tensor.type} is not supported.`,
          remedy: 'Convert the model with int8 or float32 inputs and outputs.',
          place,
        },
      ];
    }
    if (tensor.shape.some((extent) => extent < 0)) {
      return [
        {
          code: 'model/shape',
          message: 'A model input or output has a dynamic dimension.',
          remedy: 'Export the model with a fixed batch size.',
          place,
        },
      ];
    }
    return [];
  });
}
