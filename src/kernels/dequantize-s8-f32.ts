import type { TensorQuantization } from '../operators/support/quantization.js';
import type { Kernel } from './kernel.js';
import { floatLiteral } from './support/c-text.js';
import { elementWiseGranules } from './support/element-wise.js';

export interface Dequantize {
  readonly count: number;
  readonly input: TensorQuantization;
}

export const dequantizeS8F32: Kernel<Dequantize> = {
  name: 'dequantize_s8_f32',
  isa: 'scalar',
  bind({ count, input }, operands) {
    const ways = elementWiseGranules([{ count, bytes: 1 }], { count, bytes: 4 }, operands);
    return {
      granules: ways.granules,
      emit(chosen, emitter) {
        const { event } = emitter;
        return `modelc_dequantize_s8_f32_run(${emitter.inputUnit(0, event)}, ${emitter.outputUnit(0, event)}, ${ways.count(chosen)}, ${floatLiteral(input.scale)}, ${input.zeroPoint});`;
      },
    };
  },
};
