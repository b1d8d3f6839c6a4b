/** What element-wise kernels with two broadcast inputs share. */
import { wholeAccess } from '../../memory/access-patterns.js';
import type { Broadcast } from '../../operators/support/broadcast.js';
import { type Binding, granule, type Operands } from '../kernel.js';
import { constantStruct } from './c-text.js';
import { elementWiseGranules } from './element-wise.js';

/** Initialisers of a kernel's `modelc_broadcast`, the member `loop` of its parameters. */
function broadcastFields({ extents, strides }: Broadcast): Record<string, number> {
  return Object.fromEntries([
    ...extents.map((extent, i) => [`loop.extent[${i}]`, extent]),
    ...strides.flatMap((list, input) => list.map((stride, i) => [`loop.stride[${input}][${i}]`, stride])),
  ]);
}

/**
 * Binds `kernel`, the prefix of `<kernel>_run` and `<kernel>_whole` and the type of their parameters. Both inputs and
 * the output are int8. Inputs that are as large as the output, or one element, are taken in runs.
 */
export function bindBroadcast(
  kernel: string,
  name: string,
  loop: Broadcast,
  fields: Readonly<Record<string, number>>,
  operands: Operands,
): Binding {
  const { inputBytes, outputBytes } = operands;
  const count = outputBytes[0] ?? 0;
  const isRun = loop.extents.slice(0, -1).every((extent) => extent === 1);
  const inputs = inputBytes.map((bytes) => ({ count: bytes, bytes: 1 }));
  const ways = isRun ? elementWiseGranules(inputs, { count, bytes: 1 }, operands) : undefined;
  // element by element in ascending order: an input of the same size may be overwritten
  const whole = granule(
    'whole',
    wholeAccess(inputBytes, outputBytes, (input) => (inputBytes[input] === count ? 0 : Number.POSITIVE_INFINITY)),
  );
  return {
    granules: ways?.granules ?? [whole],
    emit(chosen, emitter) {
      const { event } = emitter;
      if (ways === undefined) {
        return `${constantStruct(kernel, name, { ...broadcastFields(loop), ...fields })}
${kernel}_whole(&${name}, ${emitter.input(0)}, ${emitter.input(1)}, ${emitter.output(0)});`;
      }
      const operand = (slot: number) => {
        const pointer = inputBytes[slot] === count ? emitter.inputUnit(slot, event) : emitter.input(slot);
        return `${pointer}, ${loop.strides[slot]?.at(-1) ?? 0}`;
      };
      return `${constantStruct(kernel, name, fields)}
${kernel}_run(&${name}, ${operand(0)}, ${operand(1)}, ${ways.count(chosen)}, ${emitter.outputUnit(0, event)});`;
    },
  };
}
