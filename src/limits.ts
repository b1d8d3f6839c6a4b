/**
 * What a model may ask of the compiler, checked before anything is computed or allocated from it. Far above any model
 * for a microcontroller; a file of a few bytes can state shapes of billions of elements.
 */
import { ModelcError, type Place, type Problem } from './errors.js';
import { bitsPerElement } from './ir/element-type.js';
import type { Graph, Tensor } from './ir/graph.js';
import { loopSteps } from './operators/cost.js';

/** Operators of the main graph, and the tensors they name taken together. */
const maximumOperators = 2048;
const maximumOperands = 8192;
/** Tensors in memory at one time: the plan compares each with each. */
const maximumTensorsAtOnce = 1000;
/** All tensors that an inference computes, together; also the bound for the loops over one tensor. */
const maximumActivationBytes = 256 * 1024 * 1024;
/** Constants, counted again for each operator that reads them: each packs them for its own kernel. */
export const maximumConstantBytes = 32 * 1024 * 1024;

/** @throws ModelcError `format/limit`, `fit/ram` or `fit/flash` */
export function checkLimits(graph: Graph): void {
  const operands = graph.operators.reduce((total, { inputs, outputs }) => total + inputs.length + outputs.length, 0);
  if (graph.operators.length > maximumOperators || operands > maximumOperands) {
    refuse('format/limit', {
      message:
        `The model has ${graph.operators.length} operators with ${operands} inputs and outputs; ` +
        `modelc accepts ${maximumOperators} and ${maximumOperands}.`,
      remedy: 'Compile a smaller model.',
    });
  }
  const atOnce = tensorsAtOnce(graph);
  if (atOnce > maximumTensorsAtOnce) {
    refuse('format/limit', {
      message: `The model has ${atOnce} tensors in memory at one time; modelc accepts ${maximumTensorsAtOnce}.`,
      remedy: 'Compile a model with fewer branches.',
    });
  }
  const remedy = 'Use smaller layers, for example with a smaller input.';
  const constant = (tensor: Tensor | undefined): tensor is Tensor => tensor?.data !== undefined;
  const computed = new Set([...graph.inputs, ...graph.operators.flatMap(({ outputs }) => outputs)]);
  let activationBytes = 0;
  for (const index of computed) {
    const tensor = graph.tensors[index] as Tensor;
    activationBytes += (loopSteps(tensor) * (bitsPerElement(tensor.type) ?? 8)) / 8;
    if (activationBytes <= maximumActivationBytes) continue;
    refuse('fit/ram', {
      message: `Up to this tensor the model computes ${activationBytes} bytes; no board modelc knows has the memory.`,
      remedy,
      place: { tensor: { index, name: tensor.name } },
    });
  }
  let constantBytes = 0;
  for (const operator of graph.operators) {
    for (const tensor of operator.inputs.map((index) => graph.tensors[index]).filter(constant)) {
      constantBytes += tensor.data?.length ?? 0;
      if (constantBytes <= maximumConstantBytes && loopSteps(tensor) <= maximumActivationBytes) continue;
      refuse('fit/flash', {
        message:
          `Up to this tensor the operators read ${constantBytes} bytes of constants, and its shape is ` +
          `[${tensor.shape}]; modelc accepts ${maximumConstantBytes} bytes.`,
        remedy,
        place: {
          operator: { index: operator.index, name: operator.name },
          tensor: { index: tensor.index, name: tensor.name },
        },
      });
    }
  }
}

function refuse(code: Problem['code'], problem: { message: string; remedy: string; place?: Place }): never {
  throw new ModelcError({ code, place: {}, ...problem });
}

/** The most computed tensors that are alive while one operator runs, in the file's order. */
function tensorsAtOnce({ operators, inputs, outputs }: Graph): number {
  const first = new Map(inputs.map((index) => [index, 0]));
  const last = new Map<number, number>();
  operators.forEach((operator, time) => {
    for (const index of operator.outputs) if (!first.has(index)) first.set(index, time);
    for (const index of [...operator.inputs, ...operator.outputs]) last.set(index, time);
  });
  for (const index of outputs) last.set(index, operators.length);
  const changes = new Int32Array(operators.length + 2);
  for (const [index, time] of first) {
    changes[time] = (changes[time] as number) + 1;
    const end = (last.get(index) ?? time) + 1;
    changes[end] = (changes[end] as number) - 1;
  }
  let alive = 0;
  return changes.reduce((most, change) => {
    alive += change;
    return Math.max(most, alive);
  }, 0);
}
