/** Where tensors lie in the arena, and the names of these places in C. */

import type { Program } from '../compiler.js';
import { requireComputedType } from '../ir/element-type.js';
import type { Tensor } from '../ir/graph.js';
import { describeTensor } from './describe.js';
import { commentText } from './names.js';

/** Bytes of the arena that a tensor has. */
export interface Place {
  readonly offset: number;
  /** Bytes of the ring that the tensor passes through; absent when it lies whole. */
  readonly ringBytes?: number;
}

/** The place of a tensor that is computed or given; constants have none. */
export function placeOf({ plan }: Program, tensor: number): Place {
  return { offset: plan.tensors.get(tensor)?.offset ?? 0 };
}

/** `KWS_AT_12`: the offset of tensor 12. */
export function placeName(prefix: string, tensor: number): string {
  return `${prefix.toUpperCase()}_AT_${tensor}`;
}

/** `KWS_AT_SCRATCH_3`: the offset of the working memory of layer 3 in execution order. */
export function scratchName(prefix: string, layer: number): string {
  return `${prefix.toUpperCase()}_AT_SCRATCH_${layer}`;
}

/** A typed pointer to arena memory. Wider types go through void: the plan aligns them. */
export function arenaPointer({ type }: Tensor, offset: string, constant: boolean): string {
  const qualifier = constant ? 'const ' : '';
  const { cType } = requireComputedType(type);
  if (cType === 'uint8_t') return `arena + ${offset}`;
  const through = cType === 'int8_t' ? '' : `(${qualifier}void *)`;
  return `(${qualifier}${cType} *)${through}(arena + ${offset})`;
}

export interface NamedPlace {
  readonly name: string;
  readonly offset: number;
  readonly comment: string;
}

/** Every tensor and working memory in the arena, tensors first. */
export function namedPlaces(program: Program, prefix: string): NamedPlace[] {
  const { graph, plan } = program;
  const tensors = [...plan.tensors.keys()].map((index) => {
    const tensor = graph.tensors[index] as Tensor;
    return {
      name: placeName(prefix, index),
      offset: placeOf(program, index).offset,
      comment: `"${commentText(tensor.name)}" ${describeTensor(tensor)}`,
    };
  });
  const scratch = plan.order.flatMap((position, layer) => {
    const region = plan.scratch[position];
    if (region === undefined) return [];
    return [{ name: scratchName(prefix, layer), offset: region.offset, comment: `${region.bytes} bytes` }];
  });
  return [...tensors, ...scratch];
}
