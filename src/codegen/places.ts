/** Where tensors lie in the arena, and the names of these places in C. */

import type { Program } from '../compiler.js';
import { requireComputedType } from '../ir/element-type.js';
import type { Tensor } from '../ir/graph.js';
import { describeTensor } from './describe.js';
import { commentText } from './names.js';
import { arenaValue, executionOrder } from './program-view.js';

/** Bytes of the ring that a tensor passes through; undefined when it lies whole. */
export function ringBytes(program: Program, tensor: number): number | undefined {
  const layout = arenaValue(program, tensor)?.layout;
  return layout?.kind === 'ring' ? layout.capacity : undefined;
}

/** `KWS_AT_12`: the offset of tensor 12, under the name of the tensor whose bytes it has. */
export function placeName(program: Program, prefix: string, tensor: number): string {
  return valueName(prefix, arenaValue(program, tensor)?.tensors[0] ?? tensor);
}

function valueName(prefix: string, tensor: number): string {
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

/** Every value and working memory in the arena, values first. */
export function namedPlaces(program: Program, prefix: string): NamedPlace[] {
  const { graph, plan } = program;
  const values = plan.values.map(({ tensors, offset, layout }) => {
    const index = tensors[0] as number;
    const tensor = graph.tensors[index] as Tensor;
    const ring = layout.kind === 'ring' ? `, ring of ${layout.capacity} bytes` : '';
    return {
      name: valueName(prefix, index),
      offset,
      comment: `"${commentText(tensor.name)}" ${describeTensor(tensor)}${ring}`,
    };
  });
  const order = executionOrder(program);
  const scratch = plan.scratch.map(({ layer, offset, bytes }) => ({
    name: scratchName(prefix, order.indexOf(layer)),
    offset,
    comment: `${bytes} bytes of working memory`,
  }));
  return [...values, ...scratch];
}
