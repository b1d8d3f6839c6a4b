/**
 * Checks that a graph can be executed in the order it states: every index in range, every tensor written before it is
 * read, by one writer only, and nothing written that is constant or comes from outside.
 */
import type { Place, Problem } from '../errors.js';
import { ProblemCollector } from '../problems.js';
import type { Graph, Operator } from './graph.js';

/** How a tensor comes by its value. */
type Source = 'constant' | 'variable' | 'graph input' | { readonly operator: Operator };

const remedy = 'Convert the model again: the TensorFlow Lite converter does not write such a graph.';

function describe(source: Source): string {
  if (typeof source !== 'string') return `operator ${source.operator.index} already writes it`;
  return source === 'graph input' ? 'it is a graph input' : `it is a ${source}`;
}

/** Problems of `graph`, at most 100 of them; none when it is sound. `subgraph` is its number in the model. */
export function validateGraph(graph: Graph, subgraph = 0): readonly Problem[] {
  const found = new ProblemCollector();
  const invalid = (message: string, place: Place): void =>
    found.add({ code: 'model/invalid', message, remedy, place: { subgraph, ...place } });
  const tensorPlace = (index: number): Place => ({ tensor: { index, name: graph.tensors[index]?.name ?? '' } });
  const isTensor = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < graph.tensors.length;
  const outOfRange = (what: string, index: number, place: Place): void =>
    invalid(`${what} is tensor ${index}, and the subgraph has ${graph.tensors.length} tensors.`, place);

  const sources = new Map<number, Source>();
  for (const tensor of graph.tensors) {
    if (tensor.data !== undefined) sources.set(tensor.index, 'constant');
    else if (tensor.isVariable) sources.set(tensor.index, 'variable');
  }

  for (const [position, index] of graph.inputs.entries()) {
    if (found.isFull) break;
    if (!isTensor(index)) outOfRange(`Graph input ${position}`, index, {});
    else if (sources.get(index) === 'graph input') invalid('The tensor is a graph input twice.', tensorPlace(index));
    else if (sources.get(index) === 'constant') invalid('The graph input is a constant.', tensorPlace(index));
    else sources.set(index, 'graph input');
  }

  for (const operator of graph.operators) {
    if (found.isFull) break;
    const place = { operator: { index: operator.index, name: operator.name } };
    for (const [slot, index] of operator.inputs.entries()) {
      if (index === -1) continue;
      if (!isTensor(index)) outOfRange(`Input ${slot}`, index, place);
      // converters for accelerators give their operators tensors to work in, which nothing writes
      else if (!sources.has(index) && !operator.name.startsWith('CUSTOM:')) {
        invalid('The operator reads a tensor that nothing has written before.', { ...place, ...tensorPlace(index) });
      }
      if (found.isFull) break;
    }
    for (const [slot, index] of operator.outputs.entries()) {
      const source = sources.get(index);
      if (!isTensor(index)) outOfRange(`Output ${slot}`, index, place);
      else if (source !== undefined) {
        invalid(`The operator writes a tensor although ${describe(source)}.`, { ...place, ...tensorPlace(index) });
      } else sources.set(index, { operator });
      if (found.isFull) break;
    }
  }

  for (const [position, index] of graph.outputs.entries()) {
    if (found.isFull) break;
    if (!isTensor(index)) outOfRange(`Graph output ${position}`, index, {});
    else if (!sources.has(index)) invalid('Nothing writes this graph output.', tensorPlace(index));
  }
  return found.problems;
}
