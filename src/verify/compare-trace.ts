/** Compares what a board computed, layer by layer, with the interpreter. */
import type { CompiledModel } from '../compiler.js';
import { interpret } from '../interpreter/interpreter.js';
import { allocate, toBytes } from '../ir/element-type.js';
import { type Operator, type Tensor, tensorBytes } from '../ir/graph.js';

export interface ElementDifference {
  /** Row-major position in the tensor, and the same as one index per dimension. */
  readonly index: number;
  readonly coordinates: readonly number[];
  readonly expected: number | bigint;
  /** Absent when the trace ends before or within the element. */
  readonly found?: number | bigint;
  /** Elements of the tensor that differ. */
  readonly count: number;
}

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
  /** The element that holds the first differing byte. */
  readonly element: ElementDifference;
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
      if (firstDifference !== undefined) return;
      const tensor = graph.tensors[tensorIndex] as Tensor;
      firstDifference = {
        case: caseIndex,
        ...(layer === undefined ? {} : { layer }),
        tensor: { index: tensorIndex, name: tensor.name },
        ...difference,
        element: compareElements(tensor, want, found, difference.byte),
      };
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

/** The difference at `byte` in terms of the tensor's elements. */
function compareElements(tensor: Tensor, want: Uint8Array, found: Uint8Array, byte: number): ElementDifference {
  const width = allocate(tensor.type, 1)?.BYTES_PER_ELEMENT ?? 1;
  const index = Math.floor(byte / width);
  const foundValue = elementAt(tensor, found, index);
  let count = 0;
  for (let start = 0; start < want.length; start += width) {
    const end = start + width;
    if (found.length < end || !equalBytes(want.subarray(start, end), found.subarray(start, end))) count++;
  }
  return {
    index,
    coordinates: coordinatesOf(index, tensor.shape),
    expected: elementAt(tensor, want, index) as number | bigint,
    ...(foundValue === undefined ? {} : { found: foundValue }),
    count,
  };
}

/** Undefined when `bytes` end before the element does. */
function elementAt({ type }: Tensor, bytes: Uint8Array, index: number): number | bigint | undefined {
  const value = allocate(type, 1);
  if (value === undefined) return undefined;
  const start = index * value.BYTES_PER_ELEMENT;
  if (bytes.length < start + value.BYTES_PER_ELEMENT) return undefined;
  toBytes(value).set(bytes.subarray(start, start + value.BYTES_PER_ELEMENT));
  return value[0];
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}

/** Row-major position to one index per dimension: position 7 of shape [2, 2, 3] is [1, 0, 1]. Empty for a scalar. */
export function coordinatesOf(index: number, shape: readonly number[]): readonly number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((extent) => {
      const coordinate = rest % extent;
      rest = Math.floor(rest / extent);
      return coordinate;
    })
    .reverse();
}
