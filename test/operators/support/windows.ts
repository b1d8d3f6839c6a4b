/** Sliding windows: extents, strides, dilations and the output shape that TFLite gives them. */
import type { Random } from '../../support/random.js';
import { between, oneIn } from './random-tensors.js';

export interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly output: number;
}

/** A window along an axis of `extent` that gives at least one output. */
export function randomAxisWindow(
  random: Random,
  extent: number,
  padding: string,
  { dilated, largestKernel }: { readonly dilated: boolean; readonly largestKernel: number },
): AxisWindow {
  const stride = random.pick([1, 1, 2, 3]);
  const dilation = dilated ? random.pick([1, 1, 2, 3]) : 1;
  const fitting = Math.floor((extent - 1) / dilation) + 1;
  const kernel = between(random, 1, padding === 'VALID' ? Math.min(largestKernel, fitting) : largestKernel);
  const effective = (kernel - 1) * dilation + 1;
  const output = padding === 'VALID' ? Math.floor((extent - effective) / stride) + 1 : Math.ceil(extent / stride);
  return { kernel, stride, dilation, output };
}

/** A window over an image of `height` by `width`. */
export function randomWindow(random: Random, height: number, width: number, dilated: boolean) {
  const padding = random.pick(['SAME', 'VALID']);
  const limits = { dilated: dilated && oneIn(random, 2), largestKernel: random.pick([1, 3, 3, 5]) };
  return {
    padding,
    vertical: randomAxisWindow(random, height, padding, limits),
    horizontal: randomAxisWindow(random, width, padding, limits),
  };
}
