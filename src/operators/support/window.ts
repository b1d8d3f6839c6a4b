/** Geometry of sliding windows (convolution, pooling): extents, padding and the taps that fall inside the image. */
import type { Options, Tensor } from '../../ir/graph.js';
import type { Border, Node } from '../operator.js';
import { numberOption, positiveOption, requireShape } from './node.js';

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

/** The value of option `padding` when the amounts are options of their own: `pad_top`, `pad_bottom`, `pad_left`, `pad_right`. */
const explicitPadding = 'EXPLICIT';

/** Cells a window may span; keeps every coordinate that a kernel computes in 32 bits. */
const largestWindow = 2 ** 24;

/**
 * Output extent and padding before the image along one axis (TFLite `ComputePaddingWithOffset`: the odd one goes after).
 * `amounts` names the options that hold explicit padding.
 */
function axisGeometry(
  node: Node,
  padding: string,
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  amounts: readonly [string, string],
) {
  const effective = (kernel - 1) * dilation + 1;
  if (effective > largestWindow) {
    node.fail(
      'model/unsupported-option',
      `A window of ${kernel} cells, ${dilation} apart, spans ${effective}; modelc supports ${largestWindow}.`,
      'Use a smaller kernel or dilation.',
    );
  }
  if (padding === 'SAME') {
    const output = Math.ceil(input / stride);
    return { output, before: Math.floor(Math.max(0, (output - 1) * stride + effective - input) / 2) };
  }
  if (padding === 'VALID') {
    return { output: Math.max(0, Math.floor((input + stride - effective) / stride)), before: 0 };
  }
  if (padding === explicitPadding) {
    const [before, after] = amounts.map((name) => numberOption(node, name, 0)) as [number, number];
    const padded = before + input + after;
    return { output: Math.max(0, Math.floor((padded + stride - effective) / stride)), before };
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
  const vertical = axisGeometry(node, padding, inH, kernelH, strideH, dilationH, ['pad_top', 'pad_bottom']);
  const horizontal = axisGeometry(node, padding, inW, kernelW, strideW, dilationW, ['pad_left', 'pad_right']);
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
    // steps that are never taken are 1: they may be so long that their product with the channels leaves 32 bits
    strideH: vertical.output > 1 ? strideH : 1,
    strideW: horizontal.output > 1 ? strideW : 1,
    dilationH: kernelH > 1 ? dilationH : 1,
    dilationW: kernelW > 1 ? dilationW : 1,
    padTop: vertical.before,
    padLeft: horizontal.before,
  };
}

/**
 * The padding options of a window whose input of NHWC shape loses `border`, with the same taps outside the image as
 * before in the border or beyond. Undefined when the border also surrounds batches or channels.
 */
export function paddingOptions(window: Window, { before, after }: Border): Options | undefined {
  const [batch, top, left, channel] = before;
  const [batchAfter, bottom, right, channelAfter] = after;
  if (before.length !== 4 || batch !== 0 || batchAfter !== 0 || channel !== 0 || channelAfter !== 0) return undefined;
  const { inH, inW, outH, outW, kernelH, kernelW, strideH, strideW, dilationH, dilationW, padTop, padLeft } = window;
  const beyond = (input: number, output: number, kernel: number, stride: number, dilation: number, padding: number) =>
    Math.max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input - padding);
  return {
    padding: explicitPadding,
    pad_top: padTop + (top as number),
    pad_bottom: beyond(inH, outH, kernelH, strideH, dilationH, padTop) + (bottom as number),
    pad_left: padLeft + (left as number),
    pad_right: beyond(inW, outW, kernelW, strideW, dilationW, padLeft) + (right as number),
  };
}

/** Whether all windows lie in the image, as none needs padding. */
export function readsImageOnly(window: Window): boolean {
  const none = [0, 0, 0, 0];
  return windowsInside(window, { before: none, after: none, fill: 0 }, 'all');
}

/** Which of a window's cells must lie in the image: at least one, or all. */
type Coverage = 'some' | 'all';

/** Whether every window of the output reads some, or only, cells of the image that remains without `border`. */
export function windowsInside(window: Window, { before, after }: Border, coverage: Coverage): boolean {
  const { inH, inW, outH, outW, kernelH, kernelW, strideH, strideW, dilationH, dilationW, padTop, padLeft } = window;
  const [, top, left] = before as readonly [number, number, number];
  const [, bottom, right] = after as readonly [number, number, number];
  return (
    axisInside(outH, kernelH, strideH, dilationH, padTop, [top, inH - bottom], coverage) &&
    axisInside(outW, kernelW, strideW, dilationW, padLeft, [left, inW - right], coverage)
  );
}

function axisInside(
  output: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: number,
  [first, end]: readonly [number, number],
  coverage: Coverage,
): boolean {
  for (let position = 0; position < output; position++) {
    const start = position * stride - padding;
    const skipped = Math.max(0, Math.ceil((first - start) / dilation));
    const taps = Math.min(kernel, Math.ceil((end - start) / dilation)) - skipped;
    if (taps < (coverage === 'some' ? 1 : kernel)) return false;
  }
  return true;
}
