/**
 * AVERAGE_POOL_2D: mean of the window's cells inside the image, rounded half away from zero on raw codes. int8, input
 * and output quantised alike.
 *
 * Undefined in TFLM: sums beyond 32 bits. They wrap modulo 2³².
 */
import { averagePool2dS8 } from '../kernels/average-pool-2d-s8.js';
import type { OperatorModule } from './operator.js';
import { clamp } from './support/fixed-point.js';
import { forEachWindow, type PreparedPool, poolOperator, reduceTaps } from './support/pooling.js';
import { paddingOptions, windowsInside } from './support/window.js';

const operator: OperatorModule<PreparedPool> = {
  name: 'AVERAGE_POOL_2D',
  ...poolOperator,

  // cells of a border count, cells outside the image do not: exact only where no window meets either
  absorbBorder: ({ window }, border) =>
    paddingOptions(window, border) !== undefined && windowsInside(window, border, 'all')
      ? paddingOptions(window, border)
      : undefined,

  evaluate({ window, range }, [input], [output]) {
    const x = input as Int8Array;
    const y = output as Int8Array;
    forEachWindow(window, (index, taps) => {
      const count = taps.rows * taps.columns;
      const sum = reduceTaps(x, taps, 0, (total, value) => (total + value) | 0);
      const half = Math.trunc(count / 2);
      const mean = Math.trunc((sum > 0 ? (sum + half) | 0 : (sum - half) | 0) / count);
      y[index] = clamp(mean, range.min, range.max);
    });
  },

  kernels: [averagePool2dS8],
};
export default operator;
