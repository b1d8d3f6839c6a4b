import { elementWise, wholeAccess } from '../memory/access-patterns.js';
import { granule, type Kernel } from './kernel.js';

export interface Copy {
  readonly bytes: number;
}

/** Only where the plan gives the output memory of its own: else it is the input's bytes under another shape. */
export const copy: Kernel<Copy> = {
  name: 'copy',
  isa: 'scalar',
  bind: ({ bytes }) => ({
    granules: [granule('whole', elementWise([{ count: bytes, bytes: 1 }], { count: bytes, bytes: 1 }))],
    aliases: [{ input: 0, output: 0 }],
    emit: (_, emitter) => `modelc_copy(${emitter.output(0)}, ${emitter.input(0)}, ${bytes});`,
  }),
};

/** Values known at compile time, whatever the inputs. */
export const copyConstant: Kernel<{ readonly values: Int32Array; readonly what: string }> = {
  name: 'copy',
  isa: 'scalar',
  bind: ({ values, what }, { inputBytes, outputBytes }) => ({
    granules: [
      granule(
        'whole',
        wholeAccess(
          inputBytes.map(() => 0),
          outputBytes,
        ),
      ),
    ],
    emit(_, emitter) {
      const from = emitter.constant({ name: 'values', cType: 'int32_t', values, comment: what });
      return `modelc_copy(${emitter.output(0)}, ${from}, ${values.byteLength});`;
    },
  }),
};
