/** What the planner of whole tensors needs to know of a layer, derived from its accesses. */
import type { Graph } from '../ir/graph.js';
import type { LayerAccess } from './access.js';

/** An output that may share memory with an input. Slots index the operator's inputs and outputs. */
export interface Sharing {
  readonly input: number;
  readonly output: number;
  /**
   * `alias`: the output's bytes are the input's bytes, no code runs (RESHAPE); legal while the input lives on.
   * `overwrite`: every output byte is written after the input bytes at the same offset were read for the last time;
   * legal only when the input is not read afterwards.
   */
  readonly kind: 'alias' | 'overwrite';
}

export interface MemoryNeeds {
  readonly sharing?: readonly Sharing[];
  /** Bytes of working memory during this operator only, 4-aligned. */
  readonly scratchBytes?: number;
  /** Bytes of the arrays that `emit` declares in the layer's function, with pointers of 4 bytes. */
  readonly stackBytes?: number;
}

/**
 * The needs of a layer that runs its preferred granule. An output may overwrite an input when the granule may write it
 * from the input's first byte on.
 */
export function wholeTensorNeeds(graph: Graph, position: number, { granules, aliases = [] }: LayerAccess): MemoryNeeds {
  const operator = graph.operators[position];
  const granule = granules[0];
  if (operator === undefined || granule === undefined) throw new Error(`layer ${position} has no granule`);
  const { access, scratchBytes, stackBytes } = granule;
  const overwrites = operator.outputs.flatMap((_, output) =>
    operator.inputs.flatMap((tensor, input): Sharing[] => {
      const isComputed = tensor >= 0 && graph.tensors[tensor]?.data === undefined;
      return isComputed && access.overlap(input, output, false) <= 0 ? [{ input, output, kind: 'overwrite' }] : [];
    }),
  );
  const renamed = aliases.map((alias): Sharing => ({ ...alias, kind: 'alias' }));
  return { sharing: renamed.length > 0 ? renamed : overwrites, scratchBytes, stackBytes };
}
