/** NumPy broadcasting of two inputs, reduced to the fewest loop dimensions. */
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import { requireShape } from './node.js';

/** Loop nest of an element-wise operator over its contiguous output; strides in elements, 0 where an input repeats. */
export interface Broadcast {
  /** Outermost first, exactly `loopDimensions` long. */
  readonly extents: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Loop depth of the element-wise kernels (`MODELC_BROADCAST_DIMS` in runtime-c). */
export const loopDimensions = 5;

/** Row-major element strides of `shape`. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** Fails unless the inputs' shapes broadcast to the output's. */
export function prepareBroadcast(node: Node, inputs: readonly Tensor[], output: Tensor): Broadcast {
  const rank = output.shape.length;
  const expected = new Array<number>(rank).fill(1);
  const aligned = inputs.map((input) => {
    const missing = rank - input.shape.length;
    if (missing < 0)
      node.fail(
        'model/shape',
        `An input has more dimensions than the output [${output.shape}].`,
        'Convert the model again.',
        input,
      );
    return [...new Array<number>(missing).fill(1), ...input.shape];
  });
  for (let axis = 0; axis < rank; axis++) {
    for (const shape of aligned) {
      const extent = shape[axis] as number;
      if (extent === 1 || extent === expected[axis]) continue;
      if (expected[axis] !== 1) {
        node.fail(
          'model/shape',
          `Shapes ${inputs.map((input) => `[${input.shape}]`).join(' and ')} do not broadcast.`,
          'Convert the model again.',
        );
      }
      expected[axis] = extent;
    }
  }
  requireShape(node, output, expected);
  const strides = aligned.map((shape) => {
    const dense = rowMajorStrides(shape);
    return shape.map((extent, axis) => (extent === 1 ? 0 : (dense[axis] as number)));
  });
  return fold(node, expected, strides);
}

/** Merges neighbouring dimensions that every input walks evenly, drops those of extent 1 and pads to the loop depth. */
function fold(node: Node, extents: readonly number[], strides: readonly (readonly number[])[]): Broadcast {
  const merged: { extent: number; strides: number[] }[] = [];
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    const extent = extents[axis] as number;
    if (extent === 1) continue;
    const own = strides.map((list) => list[axis] as number);
    const inner = merged.at(-1);
    if (inner?.strides.every((stride, input) => own[input] === stride * inner.extent)) inner.extent *= extent;
    else merged.push({ extent, strides: own });
  }
  if (merged.length > loopDimensions) {
    node.fail(
      'model/unsupported-option',
      `This broadcast needs ${merged.length} nested loops, modelc supports ${loopDimensions}.`,
      'Make the shapes equal before the operator.',
    );
  }
  while (merged.length < loopDimensions) merged.push({ extent: 1, strides: strides.map(() => 0) });
  merged.reverse();
  return {
    extents: merged.map(({ extent }) => extent),
    strides: strides.map((_, input) => merged.map((dimension) => dimension.strides[input] as number)),
  };
}

/** Calls `visit` for each output element in order with the element index in each input. */
export function forEachBroadcast(
  { extents, strides }: Broadcast,
  visit: (output: number, a: number, b: number) => void,
): void {
  const [strideA, strideB] = strides as [readonly number[], readonly number[]];
  let output = 0;
  const walk = (dimension: number, a: number, b: number): void => {
    if (dimension === extents.length) {
      visit(output++, a, b);
      return;
    }
    for (let i = 0; i < (extents[dimension] as number); i++) {
      walk(dimension + 1, a + i * (strideA[dimension] as number), b + i * (strideB[dimension] as number));
    }
  };
  walk(0, 0, 0);
}
