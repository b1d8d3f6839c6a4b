/** Compares what a board computed, layer by layer, with the interpreter. */
import { executionOrder } from '../codegen/program-view.js';
import type { Program } from '../compiler.js';
import { interpret } from '../interpreter/interpreter.js';
import { requireComputedType, toBytes } from '../ir/element-type.js';
import type { Operator, Tensor } from '../ir/graph.js';
import { type TracedTensor, type TraceRecord, tracedOutputs, tracedTensors } from './trace.js';

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
 * Compares the traces of all cases with the interpreter: what each layer wrote, then the model's outputs. A value that
 * a trace does not have is a difference.
 */
export function compareTraces(
  program: Program,
  cases: readonly (readonly Uint8Array[])[],
  traces: readonly (readonly TraceRecord[])[],
): TraceVerdict {
  const { graph, layers } = program;
  const executed = executionOrder(program).map((position) => layers[position]?.operator as Operator);
  const bad = new Set<number>();
  let firstDifference: Difference | undefined;
  cases.forEach((inputs, caseIndex) => {
    const expected = interpret(graph, layers, inputs, { keepTensors: true });
    const records = traces[caseIndex] ?? [];
    const check = (tensorIndex: number, want: Uint8Array, found: TracedTensor, layer: number | undefined) => {
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
    const written = tracedTensors(program, records);
    executed.forEach((operator, layer) => {
      for (const index of operator.outputs) {
        const found = written.get(index);
        if (found !== undefined) check(index, expected.tensors.get(index) as Uint8Array, found, layer);
      }
    });
    tracedOutputs(program, records).forEach((found, slot) => {
      check(graph.outputs[slot] as number, expected.outputs[slot] as Uint8Array, found, undefined);
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

function compareBytes(
  want: Uint8Array,
  { bytes, isKnown }: TracedTensor,
): Pick<Difference, 'byte' | 'expected' | 'found' | 'count'> | undefined {
  let first = -1;
  let count = 0;
  for (let i = 0; i < want.length; i++) {
    if (want[i] === bytes[i] && isKnown[i] === 1) continue;
    if (first < 0) first = i;
    count++;
  }
  if (first < 0) return undefined;
  // a byte the trace does not have is reported as −1
  const found = isKnown[first] === 1 ? (bytes[first] as number) : -1;
  return { byte: first, expected: want[first] as number, found, count };
}

/** The difference at `byte` in terms of the tensor's elements. */
function compareElements(tensor: Tensor, want: Uint8Array, found: TracedTensor, byte: number): ElementDifference {
  const width = requireComputedType(tensor.type).allocate(0).BYTES_PER_ELEMENT;
  const index = Math.floor(byte / width);
  const isKnown = found.isKnown.subarray(index * width, (index + 1) * width).every((known) => known === 1);
  let count = 0;
  for (let start = 0; start < want.length; start += width) {
    if (compareBytes(want.subarray(start, start + width), slice(found, start, start + width)) !== undefined) count++;
  }
  return {
    index,
    coordinates: coordinatesOf(index, tensor.shape),
    expected: elementAt(tensor, want, index),
    ...(isKnown ? { found: elementAt(tensor, found.bytes, index) } : {}),
    count,
  };
}

function slice({ bytes, isKnown }: TracedTensor, begin: number, end: number): TracedTensor {
  return { bytes: bytes.subarray(begin, end), isKnown: isKnown.subarray(begin, end) };
}

function elementAt({ type }: Tensor, bytes: Uint8Array, index: number): number | bigint {
  const value = requireComputedType(type).allocate(1);
  const start = index * value.BYTES_PER_ELEMENT;
  toBytes(value).set(bytes.subarray(start, start + value.BYTES_PER_ELEMENT));
  return value[0] as number | bigint;
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
