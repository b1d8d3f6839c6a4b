/** MAX_POOL_2D: largest of the window's cells inside the image. int8, input and output quantised alike. */
import { maxPool2dS8 } from '../kernels/max-pool-2d-s8.js';
import type { OperatorModule } from './operator.js';
import { clamp } from './support/fixed-point.js';
import { forEachWindow, type PreparedPool, poolOperator, reduceTaps } from './support/pooling.js';
import { int8Range } from './support/quantization.js';
import { paddingOptions, windowsInside } from './support/window.js';

const operator: OperatorModule<PreparedPool> = {
  name: 'MAX_POOL_2D',
  ...poolOperator,

  // the least code changes no maximum, unless it is all there is
  absorbBorder: ({ window }, border) =>
    border.fill === int8Range.min &&
    paddingOptions(window, border) !== undefined &&
    windowsInside(window, border, 'some')
      ? paddingOptions(window, border)
      : undefined,

  evaluate({ window, range }, [input], [output]) {
    const x = input as Int8Array;
    const y = output as Int8Array;
    forEachWindow(window, (index, taps) => {
      y[index] = clamp(reduceTaps(x, taps, -128, Math.max), range.min, range.max);
    });
  },

  kernels: [maxPool2dS8],
};
export default operator;
