/** Sizes of a layer's operands, and the rows in which they come into being. */
import { elementCount } from '../ir/element-type.js';
import { type Graph, type Operator, type Tensor, tensorBytes } from '../ir/graph.js';
import type { Operands } from '../kernels/kernel.js';

/** `isRenaming` tells operators whose output 0 has the bytes of input 0. */
export function operandsOf(graph: Graph, operator: Operator, isRenaming: (name: string) => boolean): Operands {
  const tensorAt = (index: number) => graph.tensors[index] as Tensor;
  return {
    inputBytes: operator.inputs.map((index) => (index < 0 ? 0 : tensorBytes(tensorAt(index)))),
    outputBytes: operator.outputs.map((index) => tensorBytes(tensorAt(index))),
    inputRowBytes: operator.inputs.map((index) =>
      index < 0 ? 0 : rowBytes(tensorAt(source(graph, index, isRenaming))),
    ),
    outputRowBytes: operator.outputs.map((index) => rowBytes(tensorAt(index))),
    inputPixelBytes: operator.inputs.map((index) =>
      index < 0 ? 0 : pixelBytes(tensorAt(source(graph, index, isRenaming))),
    ),
    outputPixelBytes: operator.outputs.map((index) => pixelBytes(tensorAt(index))),
  };
}

/** The tensor whose bytes `index` has under another shape, or itself. */
function source(graph: Graph, index: number, isRenaming: (name: string) => boolean): number {
  const writer = graph.operators.find(({ outputs }) => outputs[0] === index);
  const from = writer !== undefined && isRenaming(writer.name) ? writer.inputs[0] : undefined;
  return from === undefined || from < 0 ? index : source(graph, from, isRenaming);
}

/**
 * Bytes of a row: what follows the outer dimensions, which leave at least two inner ones where there are as many. For
 * NHWC a row of the image, or a pixel when the image has one row; all of a vector.
 */
export function rowBytes(tensor: Tensor): number {
  const { shape } = tensor;
  const outer = (dimensions: number) => elementCount(shape.slice(0, Math.max(0, dimensions)));
  const rows = outer(shape.length - 2) > 1 ? outer(shape.length - 2) : outer(shape.length - 1);
  return rows > 1 ? tensorBytes(tensor) / rows : tensorBytes(tensor);
}

/** Bytes of the innermost dimension of an image; all of a vector or a matrix. */
function pixelBytes(tensor: Tensor): number {
  const pixels = tensor.shape.length < 3 ? 1 : elementCount(tensor.shape.slice(0, -1));
  return pixels > 1 ? tensorBytes(tensor) / pixels : tensorBytes(tensor);
}
