/** Runs a plan on one array of exactly its size, with the interpreter's bytes. */

import { evaluateLayer } from '../../src/interpreter/interpreter.js';
import { elementCount, fromBytes, type TensorData, toBytes } from '../../src/ir/element-type.js';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import type { Access, Granule, LayerAccess, Span } from '../../src/memory/access.js';
import type { MemoryPlan, PlannedValue } from '../../src/memory/memory-plan.js';
import type { Layer } from '../../src/operators/registry.js';
import type { Random } from '../support/random.js';

export interface ExecutionOptions {
  readonly random: Random;
  /** Every tensor's bytes as the interpreter gives them, by index. */
  readonly expected: ReadonlyMap<number, Uint8Array>;
  /** Evaluates each event with what the arena holds, instead of taking what it gives for right inputs. */
  readonly evaluate?: boolean;
  /** How a kernel works its way through an event of `access`: its parts in order; undefined when it reads all first. */
  readonly parts?: (position: number, granule: Granule) => Access | undefined;
  readonly streamedRow?: number;
}

/** What was not as it should be, at most a few lines. */
export function executePlan(
  graph: Graph,
  layers: readonly Layer[],
  accesses: readonly LayerAccess[],
  plan: MemoryPlan,
  { random, expected, evaluate = false, parts, streamedRow = 0 }: ExecutionOptions,
): string[] {
  const wrong: string[] = [];
  const arena = new Uint8Array(plan.arenaBytes).map(() => random.below(256));
  const values = new Map<number, PlannedValue>();
  for (const value of plan.values) for (const tensor of value.tensors) values.set(tensor, value);
  const address = ({ offset, layout }: PlannedValue, byte: number) =>
    offset + (layout.kind === 'ring' ? byte % layout.capacity : byte);
  const store = (value: PlannedValue, { begin, end }: Span, bytes: Uint8Array) => {
    for (let byte = begin; byte < end; byte++) arena[address(value, byte)] = bytes[byte] as number;
  };
  const truth = (tensor: number) => expected.get(tensor) as Uint8Array;
  const check = (tensor: number, { begin, end }: Span, reader: string) => {
    const value = values.get(tensor) as PlannedValue;
    const bytes = truth(tensor);
    for (let byte = begin; byte < end; byte++) {
      if (arena[address(value, byte)] === bytes[byte]) continue;
      if (wrong.length < 5) wrong.push(`${reader} does not find byte ${byte} of tensor ${tensor}`);
      return;
    }
  };
  const whole = (tensor: number) => ({ begin: 0, end: (values.get(tensor) as PlannedValue).bytes });
  const streamed = plan.segments[0]?.layers.includes(-1) ? graph.inputs[0] : undefined;
  for (const input of graph.inputs)
    if (input !== streamed) store(values.get(input) as PlannedValue, whole(input), truth(input));

  for (const segment of plan.segments) {
    const ran = new Map<number, number>();
    for (const { layer: position, event } of segment.order) {
      const count = ran.get(position) ?? 0;
      ran.set(position, count + 1);
      if (position < 0) {
        const value = values.get(streamed as number) as PlannedValue;
        const span = { begin: event * streamedRow, end: Math.min(value.bytes, (event + 1) * streamedRow) };
        store(value, span, truth(streamed as number));
        continue;
      }
      const layer = layers[position] as Layer;
      const { inputs, outputs, name } = layer.operator;
      const granule = accesses[position]?.granules[segment.granules[segment.layers.indexOf(position)] as number];
      if (granule === undefined) throw new RangeError(`layer ${position} has no granule`);
      const { access } = granule;
      const reader = `layer ${position} ${name}, event ${event},`;
      const reads = inputs.flatMap((tensor, slot) => (values.has(tensor) ? [{ tensor, slot }] : []));
      for (const { tensor, slot } of reads) check(tensor, access.read(slot, event), reader);
      const scratch = plan.scratch.find(({ layer }) => layer === position);
      if (scratch !== undefined && granule.scratchKept && count > 0) {
        for (let i = 0; i < scratch.bytes; i++) {
          if (arena[scratch.offset + i] === (position & 0xff)) continue;
          wrong.push(`${reader} has lost its scratch`);
          break;
        }
      }
      if (scratch !== undefined) arena.fill(position & 0xff, scratch.offset, scratch.offset + scratch.bytes);
      for (const { tensor, slot } of reads)
        check(tensor, access.read(slot, event), `${reader} with its scratch written,`);

      // sums are not computed in parts here
      const results = evaluate && !granule.scratchKept ? evaluateEvent(layer, access, event) : outputs.map(truth);
      const fine = segment.reverse ? undefined : parts?.(position, granule);
      for (const [slot, tensor] of outputs.entries()) {
        const span = access.write(slot, event, segment.reverse);
        const value = values.get(tensor);
        if (value === undefined || span.end <= span.begin) continue;
        if (fine !== undefined) inParts(fine, slot, span, value, results[slot] as Uint8Array, reads, reader);
        else store(value, span, results[slot] as Uint8Array);
        // a kernel that reads all before it writes is one that declares so; all others must find their input intact
        for (const read of reads) {
          const distance = access.overlap(read.slot, slot, segment.reverse);
          if (fine === undefined && distance >= span.end - span.begin)
            check(read.tensor, access.read(read.slot, event), `${reader} after its writes,`);
        }
      }
    }
  }
  for (const output of graph.outputs) check(output, whole(output), 'the caller');
  return wrong;

  /** Part after part: what a part reads has to be there before and after it writes. */
  function inParts(
    fine: Access,
    slot: number,
    span: Span,
    value: PlannedValue,
    bytes: Uint8Array,
    reads: readonly { readonly tensor: number; readonly slot: number }[],
    reader: string,
  ): void {
    for (let part = 0; part < fine.events; part++) {
      const write = fine.write(slot, part, false);
      if (write.end <= span.begin || write.begin >= span.end) continue;
      for (const read of reads) check(read.tensor, fine.read(read.slot, part), `${reader} before part ${part},`);
      store(value, write, bytes);
    }
  }

  /** The layer's outputs computed from the bytes that the event may read, everything else garbage. */
  function evaluateEvent(layer: Layer, access: Access, event: number): Uint8Array[] {
    const seen = (index: number): TensorData => {
      const tensor = graph.tensors[index] as Tensor;
      const value = values.get(index);
      const bytes =
        tensor.data === undefined ? new Uint8Array((value as PlannedValue).bytes) : new Uint8Array(tensor.data);
      if (value !== undefined) {
        bytes.forEach((_, i) => {
          bytes[i] = random.below(256);
        });
        for (const [slot, input] of layer.operator.inputs.entries()) {
          if (input !== index) continue;
          const { begin, end } = access.read(slot, event);
          for (let byte = begin; byte < end; byte++) bytes[byte] = arena[address(value, byte)] as number;
        }
      }
      return fromBytes(tensor.type, elementCount(tensor.shape), bytes) as TensorData;
    };
    return evaluateLayer(graph, layer, seen).map(toBytes);
  }
}
