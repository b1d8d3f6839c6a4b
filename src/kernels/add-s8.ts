import type { Broadcast } from '../operators/support/broadcast.js';
import type { QuantizedMultiplier } from '../operators/support/fixed-point.js';
import type { Range } from '../operators/support/quantization.js';
import type { Kernel } from './kernel.js';
import { bindBroadcast } from './support/broadcast.js';

export interface Add {
  readonly loop: Broadcast;
  /** Of the inputs, then of the output. */
  readonly zeroPoints: readonly [number, number, number];
  readonly inputs: readonly [QuantizedMultiplier, QuantizedMultiplier];
  readonly output: QuantizedMultiplier;
  readonly range: Range;
}

export const addS8: Kernel<Add> = {
  name: 'add_s8',
  isa: 'scalar',
  bind({ loop, zeroPoints: [za, zb, zy], inputs: [ma, mb], output: my, range }, operands) {
    const fields = {
      'in_zero[0]': za,
      'in_zero[1]': zb,
      'in_multiplier[0]': ma.multiplier,
      'in_multiplier[1]': mb.multiplier,
      'in_right_shift[0]': -ma.shift,
      'in_right_shift[1]': -mb.shift,
      out_multiplier: my.multiplier,
      out_right_shift: -my.shift,
      out_zero: zy,
      out_min: range.min,
      out_max: range.max,
    };
    return bindBroadcast('modelc_add_s8', 'add', loop, fields, operands);
  },
};
