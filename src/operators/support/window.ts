/** Geometry of sliding windows (convolution, pooling): extents, padding and the taps that fall inside the image. */
import type { Tensor } from '../../ir/graph.js';
import type { Node } from '../operator.js';
import { positiveOption, requireShape } from './node.js';

export interface Window {
  readonly batches: number;
  readonly inH: number;
  readonly inW: number;
  readonly inC: number;
  readonly outH: number;
  readonly outW: number;
  readonly outC: number;
  readonly kernelH: number;
  readonly kernelW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  /** Rows and columns of padding before the image; what is missing after it follows from the extents. */
  readonly padTop: number;
  readonly padLeft: number;
}

/** What a kernel needs to read its input rows through pointers, so that the rows may lie anywhere. */
export interface RowPointers {
  /** C declaration of the array `rows`. */
  readonly declaration: string;
  /** Its size where pointers have 4 bytes. */
  readonly stackBytes: number;
}

/** Pointers to `count` input rows; room for at least one, because C has no empty arrays. */
export function rowPointers(count: number): RowPointers {
  const room = Math.max(1, count);
  return { declaration: `const int8_t *rows[${room}];`, stackBytes: 4 * room };
}

/** Output extent and padding before the image along one axis (TFLite `ComputePaddingWithOffset`: the odd one goes after). */
function axisGeometry(node: Node, padding: string, input: number, kernel: number, stride: number, dilation: number) {
  const effective = (kernel - 1) * dilation + 1;
  if (padding === 'SAME') {
    const output = Math.ceil(input / stride);
    return { output, before: Math.floor(Math.max(0, (output - 1) * stride + effective - input) / 2) };
  }
  if (padding === 'VALID') {
    return { output: Math.max(0, Math.floor((input + stride - effective) / stride)), before: 0 };
  }
  return node.fail('model/unsupported-option', `Padding ${padding} is unknown.`, 'Use SAME or VALID.');
}

/**
 * Window of an operator over an NHWC input. Strides come from options `stride_h/w`, dilations from
 * `dilation_h/w_factor`, padding from `padding`. Fails unless the output has the shape they give.
 */
export function prepareWindow(
  node: Node,
  input: Tensor,
  output: Tensor,
  kernelH: number,
  kernelW: number,
  outC: number,
): Window {
  const [batches, inH, inW, inC] = input.shape as [number, number, number, number];
  const strideH = positiveOption(node, 'stride_h', 1);
  const strideW = positiveOption(node, 'stride_w', 1);
  const dilationH = positiveOption(node, 'dilation_h_factor', 1);
  const dilationW = positiveOption(node, 'dilation_w_factor', 1);
  const padding = String(node.operator.options.padding ?? 'SAME');
  const vertical = axisGeometry(node, padding, inH, kernelH, strideH, dilationH);
  const horizontal = axisGeometry(node, padding, inW, kernelW, strideW, dilationW);
  requireShape(node, output, [batches, vertical.output, horizontal.output, outC]);
  return {
    batches,
    inH,
    inW,
    inC,
    outH: vertical.output,
    outW: horizontal.output,
    outC,
    kernelH,
    kernelW,
    strideH,
    strideW,
    dilationH,
    dilationW,
    padTop: vertical.before,
    padLeft: horizontal.before,
  };
}
