import { wholeAccess } from '../memory/access-patterns.js';
import type { StridedGather } from '../operators/support/movement.js';
import { granule, type Kernel } from './kernel.js';
import { constantStruct } from './support/c-text.js';

export interface Gather {
  readonly gather: StridedGather;
  readonly elementBytes: number;
}

export const gather: Kernel<Gather> = {
  name: 'gather',
  isa: 'scalar',
  bind: ({ gather: { base, extents, strides }, elementBytes }, { inputBytes, outputBytes }) => ({
    granules: [granule('whole', wholeAccess(inputBytes, outputBytes))],
    emit: (_, emitter) => `${constantStruct('modelc_gather', 'gather', {
      base,
      element_bytes: elementBytes,
      ...Object.fromEntries(extents.map((extent, i) => [`extent[${i}]`, extent])),
      ...Object.fromEntries(strides.map((stride, i) => [`stride[${i}]`, stride])),
    })}
modelc_gather_whole(&gather, ${emitter.input(0)}, ${emitter.output(0)});`,
  }),
};
