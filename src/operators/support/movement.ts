/** Operators that move elements without computing: allowed types and the loop nests of their kernels. */
import { bitsPerElement, type ElementType, type TensorData } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import type { Operand } from '../signature.js';

/** Loop depth of the strided copy kernel (`MODELC_MOVE_DIMS` in runtime-c). */
export const moveDimensions = 5;

export const movableTypes: readonly ElementType[] = ['int8', 'int16', 'int32', 'float32', 'uint8', 'bool', 'int64'];

/** An operand that is only moved: `types` are those TFLite Micro moves with the operator, modelc moves all. */
export function moved(name: string, types: readonly ElementType[]): Operand {
  return { name, types, liteTypes: movableTypes.filter((type) => !types.includes(type)) };
}

/** Bytes of one element of a movable type. */
export function elementBytes({ type }: Tensor): number {
  return (bitsPerElement(type) as number) / 8;
}

/**
 * A gather into contiguous output: output element (i0, …) comes from input element base + Σ ik·stride[k].
 * Strides may be negative.
 */
export interface StridedGather {
  readonly base: number;
  readonly extents: readonly number[];
  readonly strides: readonly number[];
}

const emptyLoops = new Array<number>(moveDimensions).fill(0);

/** Merges dimensions that the input walks evenly and pads to the kernel's loop depth, innermost last. */
export function foldGather(node: Node, gather: StridedGather): StridedGather {
  // nothing is copied, and strides over nothing can be of any size
  if (gather.extents.includes(0)) return { base: 0, extents: emptyLoops.map(() => 0), strides: emptyLoops };
  const merged: { extent: number; stride: number }[] = [];
  for (let axis = gather.extents.length - 1; axis >= 0; axis--) {
    const extent = gather.extents[axis] as number;
    const stride = gather.strides[axis] as number;
    if (extent === 1) continue;
    const inner = merged.at(-1);
    if (inner !== undefined && stride === inner.stride * inner.extent) inner.extent *= extent;
    else merged.push({ extent, stride });
  }
  if (merged.length > moveDimensions) {
    node.fail(
      'model/unsupported-option',
      `This needs ${merged.length} nested loops, modelc supports ${moveDimensions}.`,
      'Reshape the tensor to fewer dimensions before the operator.',
    );
  }
  while (merged.length < moveDimensions) merged.push({ extent: 1, stride: merged.length === 0 ? 1 : 0 });
  merged.reverse();
  return {
    base: gather.base,
    extents: merged.map(({ extent }) => extent),
    strides: merged.map(({ stride }) => stride),
  };
}

export function gatherElements({ base, extents, strides }: StridedGather, input: TensorData, output: TensorData): void {
  let write = 0;
  const walk = (dimension: number, read: number): void => {
    if (dimension === extents.length) {
      output[write++] = input[read] as never;
      return;
    }
    for (let i = 0; i < (extents[dimension] as number); i++)
      walk(dimension + 1, read + i * (strides[dimension] as number));
  };
  walk(0, base);
}

/** Elements in front of, along and behind `axis`: a tensor as a matrix of `outer` rows of `extent` · `inner` elements. */
export function splitAtAxis(shape: readonly number[], axis: number): { outer: number; extent: number; inner: number } {
  const product = (list: readonly number[]) => list.reduce((total, extent) => total * extent, 1);
  return { outer: product(shape.slice(0, axis)), extent: shape[axis] as number, inner: product(shape.slice(axis + 1)) };
}

/** Copies `count` blocks of `block` elements between two strided places. */
export function copyBlocks(
  to: TensorData,
  toStart: number,
  toStride: number,
  from: TensorData,
  fromStart: number,
  fromStride: number,
  block: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < block; k++) to[toStart + i * toStride + k] = from[fromStart + i * fromStride + k] as never;
  }
}
