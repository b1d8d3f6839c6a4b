/**
 * Takes away operators that put a border around an image where the window that reads it can do without: a convolution
 * whose border is its zero point skips what lies outside the image and gets the same sum. The bordered copy of the image
 * needs no memory then.
 */
import { ModelcError } from '../errors.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import type { Border } from '../operators/operator.js';
import { prepareOperator } from '../operators/registry.js';

/** Moves each border into its readers if all of them can take it. */
export function foldPadding(graph: Graph): Graph {
  const operators = [...graph.operators];
  const removed = new Set<Operator>();
  for (const operator of graph.operators) {
    const border = borderOf(graph, operator);
    const [bordered] = operator.outputs;
    if (border === undefined || bordered === undefined || graph.outputs.includes(bordered)) continue;
    const readers = operators.filter(({ inputs }) => inputs.includes(bordered));
    const rewritten = readers.map((reader) => withoutBorder(graph, reader, operator, border));
    if (readers.length === 0 || !rewritten.every((reader) => reader !== undefined)) continue;
    readers.forEach((reader, i) => {
      operators[operators.indexOf(reader)] = rewritten[i] as Operator;
    });
    removed.add(operator);
  }
  return removed.size === 0 ? graph : { ...graph, operators: operators.filter((operator) => !removed.has(operator)) };
}

/** The border an operator adds; undefined when it does something else, or something modelc refuses. */
function borderOf(graph: Graph, operator: Operator): Border | undefined {
  return attempt(() => {
    return prepareOperator(graph, operator).border;
  });
}

/** `reader` on the image that `padding` surrounds with `border`; undefined when it would compute other bytes. */
function withoutBorder(graph: Graph, reader: Operator, padding: Operator, border: Border): Operator | undefined {
  const [image, bordered] = [padding.inputs[0], padding.outputs[0]] as [number, number];
  const [inner, outer] = [image, bordered].map((index) => graph.tensors[index] as Tensor) as [Tensor, Tensor];
  if (reader.inputs.lastIndexOf(bordered) !== 0 || !sameQuantization(inner, outer)) return undefined;
  return attempt(() => {
    const options = prepareOperator(graph, reader).absorbBorder(border);
    if (options === undefined) return undefined;
    const operator = {
      ...reader,
      inputs: [image, ...reader.inputs.slice(1)],
      options: { ...reader.options, ...options },
    };
    prepareOperator(graph, operator);
    return operator;
  });
}

/** The window takes its zero point and scale from what it reads. */
function sameQuantization({ quantization: a }: Tensor, { quantization: b }: Tensor): boolean {
  const equal = (left: readonly number[] = [], right: readonly number[] = []) =>
    left.length === right.length && left.every((value, i) => value === right[i]);
  return equal(a?.scales, b?.scales) && equal(a?.zeroPoints, b?.zeroPoints);
}

/** Undefined when the operator cannot be prepared, which is reported later. */
function attempt<T>(action: () => T | undefined): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ModelcError) return undefined;
    throw error;
  }
}
