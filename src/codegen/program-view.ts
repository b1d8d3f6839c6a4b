/** A program's plan by layers, as the generated code and its trace see it. */
import type { Program } from '../compiler.js';
import type { Granule } from '../memory/access.js';
import type { PlannedSegment, PlannedValue } from '../memory/memory-plan.js';

/** How a layer runs. */
export interface LayerRun {
  readonly granule: Granule;
  readonly reverse: boolean;
}

/** The granule of layer `i` of a segment. */
export function granuleOf({ kernels }: Program, segment: PlannedSegment, i: number): Granule {
  const position = segment.layers[i] ?? -1;
  const granule = kernels[position]?.binding.granules[segment.granules[i] ?? -1];
  if (granule === undefined) throw new Error(`layer ${position} has no granule`);
  return granule;
}

/** By position in `graph.operators`; layers without code are absent. */
export function layerRuns(program: Program): ReadonlyMap<number, LayerRun> {
  return new Map(
    program.plan.segments.flatMap((segment) =>
      segment.layers.map((position, i) => [
        position,
        { granule: granuleOf(program, segment, i), reverse: segment.reverse },
      ]),
    ),
  );
}

/** Positions in `graph.operators` in execution order: what banners, layer hook and traces count layers by. */
export function executionOrder({ plan }: Program): readonly number[] {
  return plan.order;
}

/** The value that a tensor is; undefined for constants. */
export function arenaValue({ plan }: Program, tensor: number): PlannedValue | undefined {
  return plan.values.find(({ tensors }) => tensors.includes(tensor));
}
