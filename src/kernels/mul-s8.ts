import type { Broadcast } from '../operators/support/broadcast.js';
import type { QuantizedMultiplier } from '../operators/support/fixed-point.js';
import type { Range } from '../operators/support/quantization.js';
import type { Kernel } from './kernel.js';
import { bindBroadcast } from './support/broadcast.js';

export interface Mul {
  readonly loop: Broadcast;
  /** Of the inputs, then of the output. */
  readonly zeroPoints: readonly [number, number, number];
  readonly output: QuantizedMultiplier;
  readonly range: Range;
}

export const mulS8: Kernel<Mul> = {
  name: 'mul_s8',
  isa: 'scalar',
  bind({ loop, zeroPoints: [za, zb, zy], output: my, range }, operands) {
    const fields = {
      'in_zero[0]': za,
      'in_zero[1]': zb,
      out_multiplier: my.multiplier,
      out_right_shift: -my.shift,
      out_zero: zy,
      out_min: range.min,
      out_max: range.max,
    };
    return bindBroadcast('modelc_mul_s8', 'mul', loop, fields, operands);
  },
};
