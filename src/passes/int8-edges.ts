/**
 * Leaves the conversion between float32 (or uint8) and int8 at the model's inputs and outputs to the caller: a model
 * converted with float edges then needs no float buffers. The conversions that vanish are the ones the generated header
 * offers as helpers.
 */

import type { Graph, Model, Operator } from '../ir/graph.js';
import { findOperator } from '../operators/registry.js';

/** The model with int8 edges wherever one conversion stands between edge and network; signatures follow. */
export function withInt8Edges(model: Model): Model {
  const [graph, ...others] = model.graphs as [Graph, ...Graph[]];
  const moved = new Map([...movedInputs(graph), ...movedOutputs(graph)]);
  if (moved.size === 0) return model;
  const now = (index: number) => moved.get(index) ?? index;
  const conversions = new Set(graph.operators.filter((operator) => isMovedInput(graph, operator, moved)));
  return {
    ...model,
    graphs: [
      {
        ...graph,
        operators: graph.operators.filter((operator) => !conversions.has(operator)),
        inputs: graph.inputs.map(now),
        outputs: graph.outputs.map(now),
      },
      ...others,
    ],
    signatures: model.signatures.map((signature) =>
      signature.subgraph !== 0
        ? signature
        : {
            ...signature,
            inputs: signature.inputs.map((edge) => ({ ...edge, tensor: now(edge.tensor) })),
            outputs: signature.outputs.map((edge) => ({ ...edge, tensor: now(edge.tensor) })),
          },
    ),
  };
}

/** Each input that one conversion to int8 and nothing else reads, with what it becomes. */
function movedInputs(graph: Graph): readonly (readonly [number, number])[] {
  return graph.inputs.flatMap((index): (readonly [number, number])[] => {
    const readers = graph.operators.filter(({ inputs }) => inputs.includes(index));
    const [reader] = readers;
    if (reader === undefined || readers.length > 1 || graph.outputs.includes(index)) return [];
    const [result] = reader.outputs;
    return result !== undefined && isConversion(graph, reader, index, result) ? [[index, result]] : [];
  });
}

/** Each output that a conversion from int8 writes, with what it becomes. The conversion stays if something else reads it. */
function movedOutputs(graph: Graph): readonly (readonly [number, number])[] {
  return graph.outputs.flatMap((index): (readonly [number, number])[] => {
    const writer = graph.operators.find(({ outputs }) => outputs.includes(index));
    const [source] = writer?.inputs ?? [];
    if (writer === undefined || source === undefined || graph.tensors[source]?.data !== undefined) return [];
    return isConversion(graph, writer, index, source) ? [[index, source]] : [];
  });
}

/** Whether the operator only converts between `outer`, which is not int8, and `inner`, which is. */
function isConversion(graph: Graph, operator: Operator, outer: number, inner: number): boolean {
  const isAlone = operator.inputs.length === 1 && operator.outputs.length === 1;
  const types = [outer, inner].map((index) => graph.tensors[index]?.type);
  return isAlone && findOperator(operator.name)?.traits?.recodes === true && types[0] !== 'int8' && types[1] === 'int8';
}

function isMovedInput(graph: Graph, { inputs, outputs }: Operator, moved: ReadonlyMap<number, number>): boolean {
  const [input] = inputs;
  return input !== undefined && graph.inputs.includes(input) && moved.get(input) === outputs[0];
}
