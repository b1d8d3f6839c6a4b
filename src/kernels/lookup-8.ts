import type { PreparedLookup } from '../operators/support/lookup-table.js';
import type { Kernel } from './kernel.js';
import { elementWiseGranules } from './support/element-wise.js';

export const lookup8: Kernel<PreparedLookup> = {
  name: 'lookup_8',
  isa: 'scalar',
  bind({ count, table }, operands) {
    const ways = elementWiseGranules([{ count, bytes: 1 }], { count, bytes: 1 }, operands);
    return {
      granules: ways.granules,
      emit(chosen, emitter) {
        const name = emitter.constant({
          name: 'table',
          cType: 'uint8_t',
          values: table,
          comment: 'output byte for each input byte',
        });
        const { event } = emitter;
        return `modelc_lookup_8_run(${emitter.inputUnit(0, event)}, ${emitter.outputUnit(0, event)}, ${ways.count(chosen)}, ${name});`;
      },
    };
  },
};
