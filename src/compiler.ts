/**
 * The compiler as pure functions. `prepareModel` says what a model means, the same for every board; `lower` decides how
 * a target runs it: kernels, schedule, memory plan.
 */
import { ModelcError, type Problem } from './errors.js';
import { computedType } from './ir/element-type.js';
import type { Graph, Model, Tensor } from './ir/graph.js';
import type { Binding, Isa } from './kernels/kernel.js';
import { checkLimits } from './limits.js';
import type { LayerAccess } from './memory/access.js';
import type { MemoryPlan } from './memory/memory-plan.js';
import { validatePlan } from './memory/plan-validator.js';
import { evaluationSteps } from './operators/cost.js';
import { type KernelChoice, type Layer, prepareGraph } from './operators/registry.js';
import { withInt8Edges } from './passes/int8-edges.js';
import { optimize } from './passes/passes.js';
import { withPrecision } from './precision.js';
import { ProblemCollector } from './problems.js';
import { type Objective, planMemory } from './schedule/plan-memory.js';
import { readModel } from './tflite/reader.js';

/** Of the scalar kernels on a Cortex-M, roughly. */
const instructionsPerMac = 3;

/** What a model means: the optimised graph and its layers, ready to be evaluated and lowered. */
export interface PreparedModel {
  readonly model: Model;
  readonly graph: Graph;
  /** By position in `graph.operators`. */
  readonly layers: readonly Layer[];
  /** Multiply-accumulates per inference. */
  readonly macs: number;
  /** Upper bound of the elementary steps of one inference in the interpreter. */
  readonly steps: number;
}

/** What the user wants of a plan. */
export interface Wishes {
  /** Default: `balanced`. */
  readonly objective?: Objective;
  /** Bytes that the arena may have: the fastest plan within them. */
  readonly maxRam?: number;
}

/** What the code of a program depends on. */
export interface Target extends Wishes {
  /** Instruction sets whose kernels the processor runs. */
  readonly isas: readonly Isa[];
}

/** Any processor. */
export const portableTarget: Target = { isas: ['scalar'] };

/** A model lowered for a target: what one board runs. */
export interface Program extends PreparedModel {
  readonly target: Target;
  /** By position in `graph.operators`. */
  readonly kernels: readonly KernelChoice[];
  readonly plan: MemoryPlan;
}

export interface PrepareOptions {
  /** Names of passes to leave out. */
  readonly skipPasses?: readonly string[];
  /** `file` (default): inputs and outputs as the model has them. `int8`: their conversion is left to the caller. */
  readonly edges?: Edges;
}

/** What the model's inputs and outputs are. */
export type Edges = 'file' | 'int8';

export interface CompileOptions extends PrepareOptions {
  /** Default: `portableTarget`. */
  readonly target?: Target;
}

/**
 * Reads, checks and optimises a model.
 *
 * @throws ModelcError with every problem found when the file is corrupt or uses what modelc does not support.
 */
export function prepareModel(bytes: Uint8Array, options: PrepareOptions = {}): PreparedModel {
  return prepareRead(readModel(bytes), options);
}

/** As `prepareModel`, from a file that has been read. */
export function prepareRead(read: Model, { skipPasses = [], edges = 'file' }: PrepareOptions = {}): PreparedModel {
  checkLimits(read.graphs[0] as Graph);
  const model = edges === 'int8' ? withInt8Edges(read) : read;
  const graph = optimize(model.graphs[0] as Graph, skipPasses);
  const layers = prepareWithEdges(graph);
  const macs = layers.reduce((total, layer) => total + layer.macs, 0);
  const steps = layers.reduce((total, layer) => total + evaluationSteps(graph, layer), 0);
  return { model, graph, layers, macs, steps };
}

/**
 * Chooses kernels, and plans schedule and memory of a model for a target.
 *
 * @throws ModelcError `fit/ram` when even the smallest plan needs more than `maxRam`
 */
export function lower(prepared: PreparedModel, target: Target = portableTarget): Program {
  const { graph, layers } = prepared;
  const kernels = layers.map((layer) => layer.bind(target.isas));
  const accesses = kernels.map(({ binding }, position) => withWork(binding, layers[position]?.macs ?? 0));
  const { objective, maxRam } = target;
  const wishes = { ...(objective !== undefined && { objective }), ...(maxRam !== undefined && { maxRam }) };
  const plan = planMemory(graph, accesses, wishes);
  const violations = validatePlan(graph, accesses, plan);
  if (violations.length > 0) throw new Error(`invalid memory plan, please report this: ${violations.join('; ')}`);
  if (maxRam !== undefined && plan.arenaBytes > maxRam) {
    throw new ModelcError({
      code: 'fit/ram',
      message: `The smallest plan found needs an arena of ${plan.arenaBytes} bytes, ${plan.arenaBytes - maxRam} more than the ${maxRam} allowed.`,
      remedy: 'Allow more, or choose a model with smaller activations.',
      place: {},
    });
  }
  return { ...prepared, target, kernels, plan };
}

/** A layer's estimated work, where its kernel does not state it: what its products take in portable C. */
function withWork(binding: Binding, macs: number): LayerAccess {
  return macs === 0 || binding.work !== undefined ? binding : { ...binding, work: instructionsPerMac * macs };
}

/**
 * Lowers a model for boards; those that run the same kernels share a program.
 *
 * @throws ModelcError when called for a board, as `lower`
 */
export function lowerForBoards(
  prepared: PreparedModel,
  wishes: Wishes = {},
): (board: { readonly kernels: readonly Isa[] }) => Program {
  const programs = new Map<string, Program>();
  return ({ kernels: isas }) => {
    const key = isas.join();
    const program = programs.get(key) ?? lower(prepared, { isas, ...wishes });
    programs.set(key, program);
    return program;
  };
}

/** `prepareModel` and `lower` in one step. */
export function compileModel(bytes: Uint8Array, { target, ...options }: CompileOptions = {}): Program {
  return lower(prepareModel(bytes, options), target);
}

/** Prepares all operators. Throws one ModelcError with the problems of inputs, outputs and operators. */
function prepareWithEdges(graph: Graph): Layer[] {
  const found = new ProblemCollector();
  found.add(...edgeProblems(graph));
  try {
    return prepareGraph(graph, found);
  } catch (error) {
    if (!(error instanceof ModelcError)) throw error;
    throw new ModelcError(withPrecision(graph, error.problems));
  }
}

/** The graph's inputs and outputs must be values a C program can hand over. */
function edgeProblems(graph: Graph): Problem[] {
  const missing: Problem[] =
    graph.outputs.length > 0
      ? []
      : [
          {
            code: 'model/invalid',
            message: 'The model has no outputs: nothing it computes could be read.',
            remedy: 'Convert the model again with the tensors you need as outputs.',
            place: {},
          },
        ];
  const unusable = [...graph.inputs, ...graph.outputs].flatMap((index): Problem[] => {
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
  return [...missing, ...unusable];
}
