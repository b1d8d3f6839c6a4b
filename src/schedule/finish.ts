/** A draft as the plan that validator, trace and C read. */
import type { Granule } from '../memory/access.js';
import { scratchBuffer } from '../memory/liveness.js';
import type { Decision, MemoryPlan, PlannedScratch, PlannedSegment, PlannedValue } from '../memory/memory-plan.js';
import { arenaAlignment, type PlanLayer } from '../memory/values.js';
import type { Draft } from './draft.js';

export function finishPlan(draft: Draft, decisions: readonly Decision[]): MemoryPlan {
  const { prices, segments, packing, buffers, lowerBound, peakEvent } = draft;
  const { problem, granules } = prices;
  const { values, layers, renamed } = problem;
  const layerAt = (layer: number) => layers[layer] as PlanLayer;
  const granuleOf = (layer: number) => granules[layer] as Granule;

  const capacities = new Map<number, number>();
  const firstWrite = new Map<number, number>();
  const lastUse = new Map<number, number>();
  const firstEvent = new Map<number, number>();
  const lastEvent = new Map<number, number>();
  let time = 0;
  const planned = segments.map(({ run, reverse, first, last, bytes }): PlannedSegment => {
    for (const [id, capacity] of run.rings) capacities.set(id, capacity);
    const next = new Map<number, number>();
    const order = run.order.map((layer) => {
      const k = next.get(layer) ?? 0;
      next.set(layer, k + 1);
      const table = run.tables[layer - first];
      if (table === undefined) throw new RangeError(`layer ${layer} is not in its segment`);
      for (const { value, begin, end } of table.writes) {
        if ((end[k] as number) > (begin[k] as number) && !firstWrite.has(value)) firstWrite.set(value, time);
      }
      for (const { value, begin, end } of table.reads) {
        if ((end[k] as number) > (begin[k] as number)) lastUse.set(value, time);
      }
      if (!firstEvent.has(layer)) firstEvent.set(layer, time);
      lastEvent.set(layer, time);
      time++;
      return { layer: layerAt(layer).position, event: reverse ? table.events - 1 - k : k };
    });
    const members = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return {
      layers: members.map((layer) => layerAt(layer).position),
      granules: members.map((layer) => layerAt(layer).granules.indexOf(granuleOf(layer))),
      reverse,
      order,
      bytes,
    };
  });

  return {
    order: problem.order,
    arenaBytes: packing.arenaBytes,
    arenaAlign: arenaAlignment(values),
    lowerBound,
    peakEvent,
    optimal: packing.optimal,
    searchNodes: packing.searchNodes,
    values: values.map(({ id, tensors, bytes, align, writer, isOutput }): PlannedValue => {
      const capacity = capacities.get(id);
      const first = writer === undefined ? -1 : (firstWrite.get(id) ?? firstEvent.get(writer.layer) ?? -1);
      return {
        id,
        tensors: [...tensors],
        bytes,
        align,
        offset: buffers.get(id)?.offset ?? 0,
        layout: capacity === undefined ? { kind: 'linear' } : { kind: 'ring', capacity },
        first,
        last: isOutput ? time : Math.max(first, lastUse.get(id) ?? first),
      };
    }),
    segments: planned,
    scratch: layers.flatMap(({ position }, layer): PlannedScratch[] => {
      const buffer = buffers.get(scratchBuffer(values.length, layer));
      if (buffer === undefined) return [];
      const { offset, bytes } = buffer;
      const [first, last] = [firstEvent.get(layer) as number, lastEvent.get(layer) as number];
      return [{ layer: position, offset, bytes, first, last, kept: granuleOf(layer).scratchKept }];
    }),
    renamed,
    decisions,
  };
}
