import type { TensorQuantization } from '../operators/support/quantization.js';
import type { Kernel } from './kernel.js';
import { floatLiteral } from './support/c-text.js';
import { elementWiseGranules } from './support/element-wise.js';

export interface QuantizeFloat {
  readonly count: number;
  readonly output: TensorQuantization;
}

export const quantizeF32S8: Kernel<QuantizeFloat> = {
  name: 'quantize_f32_s8',
  isa: 'scalar',
  bind({ count, output }, operands) {
    const ways = elementWiseGranules([{ count, bytes: 4 }], { count, bytes: 1 }, operands);
    return {
      granules: ways.granules,
      emit(chosen, emitter) {
        const { event } = emitter;
        return `modelc_quantize_f32_s8_run(${emitter.inputUnit(0, event)}, ${emitter.outputUnit(0, event)}, ${ways.count(chosen)}, ${floatLiteral(output.scale)}, ${output.zeroPoint});`;
      },
    };
  },
};
