/** MAX_POOL_2D: largest of the window's cells inside the image. int8, input and output quantised alike. */
import type { OperatorModule } from './operator.js';
import { clamp } from './support/fixed-point.js';
import { forEachWindow, type PreparedPool, poolOperator, reduceTaps } from './support/pooling.js';
import { int8Range } from './support/quantization.js';
import { paddingOptions, windowsInside } from './support/window.js';

const operator: OperatorModule<PreparedPool> = {
  name: 'MAX_POOL_2D',
  ...poolOperator('modelc_max_pool_2d_s8_layer'),

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
};
export default operator;
