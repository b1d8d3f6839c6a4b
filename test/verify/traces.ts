/** Trace files as a correct board would write them, to plant differences in. The one place in the tests that lays them out. */

import { timelineOf, writtenSpan } from '../../src/codegen/timeline.js';
import type { Program } from '../../src/compiler.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { outputLayer } from '../../src/verify/trace.js';

const headerBytes = 16;

interface Piece {
  readonly layer: number;
  readonly row: number;
  readonly bytes: readonly number[];
}

function pieces(program: Program, inputs: readonly Uint8Array[]): Piece[] {
  const { graph, layers, plan } = program;
  const { tensors, outputs } = interpret(graph, layers, inputs, { keepTensors: true });
  const events = timelineOf(program).map((event): Piece => {
    const bytes = (graph.operators[event.position]?.outputs ?? []).flatMap((index, slot) => {
      const { begin, end } = writtenSpan(event, slot);
      return [...(tensors.get(index) ?? new Uint8Array(0)).subarray(begin, Math.max(begin, end))];
    });
    return { layer: plan.order.indexOf(event.position), row: event.event, bytes };
  });
  return [...events, ...outputs.map((bytes, slot): Piece => ({ layer: outputLayer, row: slot, bytes: [...bytes] }))];
}

/** The file of one case without a difference. */
export function rightTrace(program: Program, inputs: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    pieces(program, inputs).flatMap(({ layer, row, bytes }) => {
      const head = new Uint8Array(Uint32Array.of(layer, row, 0, bytes.length).buffer);
      return [...head, ...bytes];
    }),
  );
}

/** Where the bytes that a layer wrote in its first event, or that the model's output `slot` has, begin in the file. */
export function traceOffset(program: Program, layer: number | 'model', slot = 0): number {
  const wanted = layer === 'model' ? outputLayer : layer;
  let at = 0;
  for (const piece of pieces(program, zeroInputs(program))) {
    at += headerBytes;
    if (piece.layer === wanted && (layer !== 'model' || piece.row === slot)) return at;
    at += piece.bytes.length;
  }
  throw new Error(`no record of ${layer}`);
}

/** Where values lie in the file, without the heads of the records. */
export function valueOffsets(program: Program): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const { bytes } of pieces(program, zeroInputs(program))) {
    at += headerBytes;
    for (const _ of bytes) offsets.push(at++);
  }
  return offsets;
}

function zeroInputs({ graph }: Program): Uint8Array[] {
  return graph.inputs.map((index) => new Uint8Array((graph.tensors[index]?.shape ?? []).reduce((a, b) => a * b, 1)));
}
