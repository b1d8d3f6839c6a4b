/** What the 2-D pooling operators share. */
import type { Node } from '../operator.js';
import { constantStruct, windowFields } from './c-text.js';
import { positiveOption, requireRank, requireType } from './node.js';
import { activationRange, perTensor, type Range, requireSameQuantization } from './quantization.js';
import { prepareWindow, type Window } from './window.js';

export interface PreparedPool {
  readonly window: Window;
  readonly range: Range;
}

/** Pooling keeps the quantisation: TFLM wants equal zero points and scales within 1e-6. */
export function preparePool(node: Node): PreparedPool {
  const input = node.input(0);
  const output = node.output(0);
  requireType(node, input, ['int8']);
  requireType(node, output, ['int8']);
  requireRank(node, input, 4);
  requireSameQuantization(node, input, output, 1e-6);
  const kernelH = positiveOption(node, 'filter_height', 1);
  const kernelW = positiveOption(node, 'filter_width', 1);
  return {
    window: prepareWindow(node, input, output, kernelH, kernelW, input.shape[3] as number),
    range: activationRange(node, perTensor(node, output)),
  };
}

/** Calls `pool` for each output element with the input indices of the taps inside the image. */
export function forEachWindow(window: Window, pool: (outputIndex: number, taps: readonly number[]) => void): void {
  const { batches, inH, inW, inC, outH, outW, kernelH, kernelW, strideH, strideW, padTop, padLeft } = window;
  for (let batch = 0; batch < batches; batch++) {
    for (let oy = 0; oy < outH; oy++) {
      const top = oy * strideH - padTop;
      for (let ox = 0; ox < outW; ox++) {
        const left = ox * strideW - padLeft;
        const taps: number[] = [];
        for (let iy = Math.max(0, top); iy < Math.min(inH, top + kernelH); iy++) {
          for (let ix = Math.max(0, left); ix < Math.min(inW, left + kernelW); ix++) {
            taps.push(((batch * inH + iy) * inW + ix) * inC);
          }
        }
        for (let channel = 0; channel < inC; channel++) {
          pool(
            ((batch * outH + oy) * outW + ox) * inC + channel,
            taps.map((tap) => tap + channel),
          );
        }
      }
    }
  }
}

/** The kernel's parameter struct, named `pool`. */
export function poolParameters({ window, range }: PreparedPool): string {
  return constantStruct('modelc_pool_2d_s8', 'pool', {
    ...windowFields(window),
    out_min: range.min,
    out_max: range.max,
  });
}
