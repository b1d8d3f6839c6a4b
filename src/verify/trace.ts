/**
 * Traces: what a test program wrote while it ran one case. A record for each event of a layer, in the order in which
 * they ran, then one for each output of the model. `templates/verify.c.hbs` writes the format, this file reads it.
 *
 * A record is little-endian: layer, row, ticks and bytes as uint32, then the bytes: those the event wrote of the
 * layer's outputs, one output after another.
 */

import { executionOrder } from '../codegen/program-view.js';
import { type ProgramEvent, timelineOf, writtenSpan } from '../codegen/timeline.js';
import type { Program } from '../compiler.js';
import { type Tensor, tensorBytes } from '../ir/graph.js';

export interface TraceRecord {
  /** Execution index of the layer, or `outputLayer`. */
  readonly layer: number;
  /** The event of the layer, or the output of the model. */
  readonly row: number;
  /** What the event took, in ticks of the board. */
  readonly ticks: number;
  readonly bytes: Uint8Array;
}

/** `TraceRecord.layer` of an output as the model's accessor gives it. */
export const outputLayer = 0xffff_ffff;

const headerBytes = 16;

/** The records of a trace, the last one perhaps cut off. */
export function readTrace(file: Uint8Array): TraceRecord[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: TraceRecord[] = [];
  for (let at = 0; at + headerBytes <= file.byteLength; ) {
    const [layer, row, ticks, bytes] = [0, 4, 8, 12].map((field) => view.getUint32(at + field, true)) as [
      number,
      number,
      number,
      number,
    ];
    const start = at + headerBytes;
    records.push({ layer, row, ticks, bytes: file.subarray(start, start + bytes) });
    at = start + bytes;
  }
  return records;
}

/** Bytes that a complete trace of one case has. */
export function traceFileBytes(program: Program): number {
  const { graph } = program;
  const outputs = graph.outputs.map((index) => tensorBytes(graph.tensors[index] as Tensor));
  const events = timelineOf(program).map((event) =>
    (graph.operators[event.position]?.outputs ?? []).reduce((total, _, slot) => total + spanBytes(event, slot), 0),
  );
  return [...events, ...outputs].reduce((total, bytes) => total + headerBytes + bytes, 0);
}

function spanBytes(event: ProgramEvent, slot: number): number {
  const { begin, end } = writtenSpan(event, slot);
  return Math.max(0, end - begin);
}

/** Values of a tensor as far as a trace has them. */
export interface TracedTensor {
  readonly bytes: Uint8Array;
  /** 1 for every byte that a record has. */
  readonly isKnown: Uint8Array;
}

/** What the layers wrote, put together from their events, by tensor index. Tensors of layers without code are absent. */
export function tracedTensors(program: Program, records: readonly TraceRecord[]): ReadonlyMap<number, TracedTensor> {
  const { graph } = program;
  const tensors = new Map<number, TracedTensor>();
  const found = new Map(records.map((record) => [`${record.layer} ${record.row}`, record]));
  const indexOf = new Map(executionOrder(program).map((position, index) => [position, index]));
  for (const event of timelineOf(program)) {
    const record = found.get(`${indexOf.get(event.position)} ${event.event}`);
    let at = 0;
    (graph.operators[event.position]?.outputs ?? []).forEach((index, slot) => {
      const tensor = tensors.get(index) ?? unknownTensor(tensorBytes(graph.tensors[index] as Tensor));
      tensors.set(index, tensor);
      const { begin } = writtenSpan(event, slot);
      const bytes = spanBytes(event, slot);
      const part = record?.bytes.subarray(at, at + bytes);
      at += bytes;
      if (part === undefined || bytes === 0) return;
      tensor.bytes.set(part, begin);
      tensor.isKnown.fill(1, begin, begin + part.length);
    });
  }
  return tensors;
}

/** The model's outputs as its accessors gave them, in order. */
export function tracedOutputs({ graph }: Program, records: readonly TraceRecord[]): TracedTensor[] {
  return graph.outputs.map((index, slot) => {
    const tensor = unknownTensor(tensorBytes(graph.tensors[index] as Tensor));
    const record = records.find(({ layer, row }) => layer === outputLayer && row === slot);
    if (record !== undefined) {
      const part = record.bytes.subarray(0, tensor.bytes.length);
      tensor.bytes.set(part);
      tensor.isKnown.fill(1, 0, part.length);
    }
    return tensor;
  });
}

function unknownTensor(bytes: number): TracedTensor {
  return { bytes: new Uint8Array(bytes), isKnown: new Uint8Array(bytes) };
}
