/**
 * Checks a memory plan by running it symbolically. Shares no code with the planner: it knows nothing of storages and
 * lifetimes, only which operator reads and writes what, and keeps for every byte of the arena the value it holds.
 */
import { byteLength, elementCount } from '../ir/element-type.js';
import type { Graph } from '../ir/graph.js';
import type { OperatorOrder } from '../schedule/order.js';
import type { MemoryNeeds } from './needs.js';
import type { MemoryPlan, TensorPlacement } from './types.js';

/** The content of a tensor; aliases at the same place hold the same value. */
type Value = number;

/** Bytes of the arena that hold (part of) one value, or garbage that scratch left. */
interface Span {
  readonly begin: number;
  readonly end: number;
  readonly value: Value | 'scratch';
}

/**
 * All violations of a plan, in words; empty when the plan is valid. `order` and `needs` are those the plan was made for.
 *
 * Valid means: every value an operator reads, and every graph output after the last layer, is still complete when it is
 * read; no operator writes over what it reads, except as it declares in `needs`; scratch belongs to its operator alone;
 * everything is aligned and inside the arena; lifetimes and storages in the plan tell the truth.
 */
export function validatePlan(
  graph: Graph,
  order: OperatorOrder,
  needs: readonly MemoryNeeds[],
  plan: MemoryPlan,
): string[] {
  const violations: string[] = [];
  const report = (message: string) => violations.push(message);
  const label = (tensor: number) => `tensor ${tensor} "${graph.tensors[tensor]?.name ?? ''}"`;

  if (plan.order.length !== order.length || plan.order.some((position, time) => position !== order[time])) {
    report('the plan was made for another operator order');
  }
  checkExtents(graph, needs, plan, report);
  if (violations.length > 0) return violations;

  let memory: readonly Span[] = [];
  const valueIn = new Map<number, Value>();
  let values = 0;

  /** The placement of a tensor that lives in the arena; undefined for constants, variables, omitted tensors. */
  const placed = (tensor: number): TensorPlacement | undefined =>
    isInArena(graph, tensor) ? plan.tensors.get(tensor) : undefined;
  const write = (tensor: number, place: TensorPlacement, time: number) => {
    if (valueIn.has(tensor)) report(`${label(tensor)} is written twice`);
    if (place.first !== time) report(`${label(tensor)} is written by layer ${time}, not ${place.first} as planned`);
    valueIn.set(tensor, values);
    memory = claim(memory, place.offset, place.offset + place.bytes, values++);
  };
  const read = (tensor: number, place: TensorPlacement, time: number, reader: string) => {
    const value = valueIn.get(tensor);
    if (value === undefined) report(`${reader} reads ${label(tensor)} before it is written`);
    else if (!holds(memory, place.offset, place.offset + place.bytes, value)) {
      report(`${reader} reads ${label(tensor)}, but part of it has been overwritten`);
    }
    if (place.last < time) report(`${reader} reads ${label(tensor)} after its planned end, layer ${place.last}`);
  };

  const inputs = [...new Set(graph.inputs)];
  for (const tensor of inputs) {
    const place = placed(tensor);
    if (place !== undefined) write(tensor, place, -1);
  }
  for (const tensor of inputs) {
    const place = placed(tensor);
    if (place !== undefined) read(tensor, place, -1, 'the caller');
  }

  for (const [time, position] of order.entries()) {
    const operator = graph.operators[position];
    if (operator === undefined) {
      report(`layer ${time} names operator ${position}, which does not exist`);
      continue;
    }
    const layer = `layer ${time} ${operator.name}`;
    const reads = operator.inputs.flatMap((tensor, slot) => {
      const place = placed(tensor);
      return place === undefined ? [] : [{ tensor, slot, place }];
    });
    const writes = operator.outputs.flatMap((tensor, slot) => {
      const place = placed(tensor);
      return place === undefined ? [] : [{ tensor, slot, place }];
    });
    const scratch = plan.scratch[position];
    const declared = (kind: 'alias' | 'overwrite', input: number, output: number) =>
      (needs[position]?.sharing ?? []).some(
        (offer) => offer.kind === kind && offer.input === input && offer.output === output,
      );

    for (const { tensor, place } of reads) read(tensor, place, time, layer);

    if (scratch !== undefined) {
      for (const { tensor, place } of [...reads, ...writes]) {
        if (overlap(scratch, place)) report(`the scratch of ${layer} meets ${label(tensor)}, which it uses`);
      }
      memory = claim(memory, scratch.offset, scratch.offset + scratch.bytes, 'scratch');
    }
    for (const [i, a] of writes.entries()) {
      for (const b of writes.slice(i + 1)) {
        if (!overlap(a.place, b.place)) continue;
        const sameAlias = reads.some((input) =>
          [a, b].every((output) => declared('alias', input.slot, output.slot) && sameRegion(output.place, input.place)),
        );
        if (!sameAlias) report(`${layer} writes ${label(a.tensor)} and ${label(b.tensor)} to the same bytes`);
      }
    }
    for (const output of writes) {
      const source = reads.find(
        ({ slot, tensor, place }) =>
          declared('alias', slot, output.slot) && sameRegion(place, output.place) && valueIn.has(tensor),
      );
      checkSharing(output, source !== undefined, reads);
      if (source === undefined) {
        write(output.tensor, output.place, time);
      } else {
        if (valueIn.has(output.tensor)) report(`${label(output.tensor)} is written twice`);
        if (output.place.first !== time)
          report(`${label(output.tensor)} begins at layer ${time}, not ${output.place.first}`);
        valueIn.set(output.tensor, valueIn.get(source.tensor) as Value);
      }
    }

    /** Bytes that are both read and written need the operator's consent, and the plan must say the same. */
    function checkSharing(
      output: { readonly tensor: number; readonly slot: number; readonly place: TensorPlacement },
      isAlias: boolean,
      inputs: readonly { readonly tensor: number; readonly slot: number; readonly place: TensorPlacement }[],
    ) {
      const { sharing } = output.place;
      const met = inputs.filter(({ place }) => overlap(place, output.place));
      for (const { slot, tensor, place } of isAlias ? [] : met) {
        const allowed =
          declared('overwrite', slot, output.slot) &&
          place.offset === output.place.offset &&
          place.bytes >= output.place.bytes;
        if (!allowed) report(`${layer} writes ${label(output.tensor)} over ${label(tensor)}, which it still reads`);
      }
      const stated = sharing.kind === 'alias';
      const empty = output.place.bytes === 0;
      if (stated !== isAlias && !empty)
        report(`${layer}: the plan ${stated ? 'states' : 'hides'} an alias for ${label(output.tensor)}`);
    }
  }

  for (const tensor of graph.outputs) {
    const place = placed(tensor);
    if (place !== undefined) read(tensor, place, order.length, 'the caller');
  }
  return violations;
}

/** Places, sizes and alignment, without regard to time. */
function checkExtents(
  graph: Graph,
  needs: readonly MemoryNeeds[],
  plan: MemoryPlan,
  report: (message: string) => void,
): void {
  const checkRegion = (what: string, offset: number, bytes: number, align: number) => {
    if (!Number.isInteger(offset) || offset < 0) report(`${what} lies at offset ${offset}`);
    else if (offset + bytes > plan.arenaBytes) report(`${what} ends at ${offset + bytes}, outside of the arena`);
    if (offset % align !== 0) report(`${what} at offset ${offset} is not ${align}-aligned`);
    if (plan.arenaAlign % align !== 0) report(`${what} needs an arena aligned to ${align} bytes`);
  };

  const used = [
    ...graph.inputs,
    ...graph.operators.flatMap((operator) => [...operator.inputs, ...operator.outputs]),
    ...graph.outputs,
  ];
  for (const tensor of new Set(used.filter((tensor) => isInArena(graph, tensor)))) {
    const place = plan.tensors.get(tensor);
    const bytes = sizeOf(graph, tensor);
    if (place === undefined) report(`tensor ${tensor} has no place`);
    else if (place.bytes !== bytes)
      report(`tensor ${tensor} has ${place.bytes} bytes in the plan, ${bytes} in the graph`);
  }
  for (const [tensor, { offset, bytes, storage }] of plan.tensors) {
    const type = graph.tensors[tensor]?.type;
    checkRegion(`tensor ${tensor}`, offset, bytes, type === 'int64' || type === 'uint64' || type === 'float64' ? 8 : 4);
    const owner = plan.storages[storage];
    const inside =
      owner?.tensors.includes(tensor) && owner.offset <= offset && offset + bytes <= owner.offset + owner.bytes;
    if (!inside) report(`tensor ${tensor} is not inside its storage ${storage}`);
  }
  for (const [position, { scratchBytes = 0 }] of needs.entries()) {
    const region = plan.scratch[position];
    if ((region?.bytes ?? 0) < scratchBytes) report(`the scratch of operator ${position} is too small`);
    if (region !== undefined) checkRegion(`the scratch of operator ${position}`, region.offset, region.bytes, 4);
  }
  if (plan.lowerBound > plan.arenaBytes) report(`the lower bound ${plan.lowerBound} exceeds the arena`);
}

function isInArena(graph: Graph, tensor: number): boolean {
  const found = graph.tensors[tensor];
  return found !== undefined && found.data === undefined && !found.isVariable && sizeOf(graph, tensor) !== undefined;
}

function sizeOf(graph: Graph, tensor: number): number | undefined {
  const found = graph.tensors[tensor];
  return found && byteLength(found.type, elementCount(found.shape));
}

interface Extent {
  readonly offset: number;
  readonly bytes: number;
}

function overlap(a: Extent, b: Extent): boolean {
  return a.bytes > 0 && b.bytes > 0 && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
}

function sameRegion(a: Extent, b: Extent): boolean {
  return a.offset === b.offset && a.bytes === b.bytes;
}

/** Memory after [begin, end) was written: what was there before is cut away. */
function claim(memory: readonly Span[], begin: number, end: number, value: Span['value']): readonly Span[] {
  if (begin === end) return memory;
  const kept: Span[] = [];
  for (const span of memory) {
    if (span.end <= begin || span.begin >= end) {
      kept.push(span);
      continue;
    }
    if (span.begin < begin) kept.push({ ...span, end: begin });
    if (span.end > end) kept.push({ ...span, begin: end });
  }
  kept.push({ begin, end, value });
  return kept;
}

/** Whether all of [begin, end) holds `value`. */
function holds(memory: readonly Span[], begin: number, end: number, value: Value): boolean {
  let bytes = 0;
  for (const span of memory) {
    if (span.value === value) bytes += Math.max(0, Math.min(span.end, end) - Math.max(span.begin, begin));
  }
  return bytes === end - begin;
}
