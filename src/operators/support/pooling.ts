/** What the 2-D pooling operators share. */
import type { Node, OperatorModule } from '../operator.js';
import { clamp } from './fixed-point.js';
import { positiveOption, requireRank } from './node.js';
import { activationRange, perTensorOrNone, type Range, requireSameQuantization } from './quantization.js';
import { prepareWindow, type Window } from './window.js';

export interface PreparedPool {
  readonly window: Window;
  readonly range: Range;
}

/** Pooling keeps the quantisation: TFLM wants equal zero points and scales within 1e-6. */
function preparePool(node: Node): PreparedPool {
  const input = node.input(0);
  const output = node.output(0);
  requireRank(node, input, 4);
  requireSameQuantization(node, input, output, 1e-6);
  const kernelH = positiveOption(node, 'filter_height', 1);
  const kernelW = positiveOption(node, 'filter_width', 1);
  return {
    window: prepareWindow(node, input, output, kernelH, kernelW, input.shape[3] as number),
    range: activationRange(node, perTensorOrNone(node, output)),
  };
}

/** The cells of one window that lie inside the image, for one channel: input indices start + y·rowStride + x·stride. */
export interface Taps {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly stride: number;
}

/** Calls `pool` for each output element. */
export function forEachWindow(window: Window, pool: (outputIndex: number, taps: Taps) => void): void {
  const { batches, inH, inW, inC, outH, outW, kernelH, kernelW, strideH, strideW, padTop, padLeft } = window;
  let output = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let oy = 0; oy < outH; oy++) {
      const top = Math.max(0, oy * strideH - padTop);
      const rows = Math.min(inH, oy * strideH - padTop + kernelH) - top;
      for (let ox = 0; ox < outW; ox++) {
        const left = Math.max(0, ox * strideW - padLeft);
        const columns = Math.min(inW, ox * strideW - padLeft + kernelW) - left;
        const corner = ((batch * inH + top) * inW + left) * inC;
        for (let channel = 0; channel < inC; channel++) {
          pool(output++, { start: corner + channel, rows, columns, rowStride: inW * inC, stride: inC });
        }
      }
    }
  }
}

/** Combines the values under a window, row by row. */
export function reduceTaps(
  x: Int8Array,
  { start, rows, columns, rowStride, stride }: Taps,
  initial: number,
  combine: (result: number, value: number) => number,
): number {
  let result = initial;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result = combine(result, x[start + row * rowStride + column * stride] as number);
    }
  }
  return result;
}

/** The parts of a pooling operator that do not depend on how values are combined. */
export const poolOperator: Pick<OperatorModule<PreparedPool>, 'operands' | 'prepare' | 'steps' | 'channels'> = {
  operands: {
    inputs: [{ name: 'input', types: ['int8'] }],
    outputs: [{ name: 'output', types: ['int8'] }],
  },
  prepare: preparePool,
  steps: poolSteps,
  // maximum and mean lie between the least and the greatest value
  channels: ({ range: { min, max } }) => ({
    relation: 'each',
    steps: 0,
    reach: ([input = []]) => input.map(({ low, high }) => ({ low: clamp(low, min, max), high: clamp(high, min, max) })),
  }),
};

/** Cells read per inference, those outside the image included. */
function poolSteps({ window: w }: PreparedPool): number {
  return w.batches * w.outH * w.outW * w.outC * Math.min(w.kernelH, w.inH) * Math.min(w.kernelW, w.inW);
}
