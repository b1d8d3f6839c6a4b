/** Compares what a board computed, layer by layer, with the interpreter. */
import type { CompiledModel } from '../compiler.js';
import { interpret, tensorBytes } from '../interpreter/interpreter.js';
import type { Operator, Tensor } from '../ir/graph.js';

export interface Difference {
  /** Which test case, counted from 0. */
  readonly case: number;
  /** Execution index of the layer; absent when only the model's output accessor differs. */
  readonly layer?: number;
  readonly tensor: { readonly index: number; readonly name: string };
  /** First differing byte of the tensor and what stood there. */
  readonly byte: number;
  readonly expected: number;
  readonly found: number;
  /** Bytes of the tensor that differ. */
  readonly count: number;
}

export interface LayerVerdict {
  readonly index: number;
  readonly operator: string;
  /** Name of the layer's first output. */
  readonly name: string;
  readonly equal: boolean;
  /** Instructions of the layer in the first case, its call included; absent where the simulator cannot count. */
  readonly instructions?: number;
}

export interface TraceVerdict {
  readonly equal: boolean;
  readonly layers: readonly LayerVerdict[];
  readonly firstDifference?: Difference;
}

/**
 * Compares the traces (`verify.c` writes them: each layer's outputs in execution order, then the model's outputs) of
 * all cases. A trace of the wrong length is a difference in the layer at which it ends.
 */
export function compareTraces(
  compiled: CompiledModel,
  cases: readonly (readonly Uint8Array[])[],
  traces: readonly Uint8Array[],
): TraceVerdict {
  const { graph, layers, plan } = compiled;
  const executed = plan.order.map((position) => layers[position]?.operator as Operator);
  const bad = new Set<number>();
  let firstDifference: Difference | undefined;
  cases.forEach((inputs, caseIndex) => {
    const expected = interpret(graph, layers, inputs, { keepTensors: true });
    const trace = traces[caseIndex] ?? new Uint8Array(0);
    let offset = 0;
    const check = (tensorIndex: number, want: Uint8Array, layer: number | undefined) => {
      const found = trace.subarray(offset, offset + want.length);
      offset += want.length;
      const difference = compareBytes(want, found);
      if (difference === undefined) return;
      if (layer !== undefined) bad.add(layer);
      const tensor = { index: tensorIndex, name: graph.tensors[tensorIndex]?.name ?? '' };
      firstDifference ??= { case: caseIndex, ...(layer === undefined ? {} : { layer }), tensor, ...difference };
    };
    executed.forEach((operator, layer) => {
      for (const index of operator.outputs) check(index, expected.tensors.get(index) as Uint8Array, layer);
    });
    graph.outputs.forEach((index, slot) => {
      check(index, expected.outputs[slot] as Uint8Array, undefined);
    });
  });
  return {
    equal: firstDifference === undefined,
    layers: executed.map((operator, index) => ({
      index,
      operator: operator.name,
      name: graph.tensors[operator.outputs[0] as number]?.name ?? '',
      equal: !bad.has(index),
    })),
    ...(firstDifference === undefined ? {} : { firstDifference }),
  };
}

/** Bytes a complete trace of one case has. */
export function traceBytes({ graph, layers }: CompiledModel): number {
  const written = layers.flatMap(({ operator }) => operator.outputs).concat(graph.outputs);
  return written.reduce((total, index) => total + tensorBytes(graph.tensors[index] as Tensor), 0);
}

function compareBytes(
  want: Uint8Array,
  found: Uint8Array,
): Pick<Difference, 'byte' | 'expected' | 'found' | 'count'> | undefined {
  let first = -1;
  let count = 0;
  for (let i = 0; i < want.length; i++) {
    if (want[i] === found[i]) continue;
    if (first < 0) first = i;
    count++;
  }
  // a byte the trace does not have is reported as −1
  return first < 0 ? undefined : { byte: first, expected: want[first] as number, found: found[first] ?? -1, count };
}
