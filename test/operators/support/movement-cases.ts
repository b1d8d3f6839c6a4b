/** Tensors for operators that move elements without computing, of every type TFLite Micro moves. */
import type { ElementType } from '../../../src/ir/element-type.js';
import type { Random } from '../../support/random.js';
import type { GraphBuilder, TensorValues } from './graph-builder.js';
import { randomQuantization } from './random-tensors.js';

/** Types that each operator accepts in TFLite Micro; modelc moves all of its types with every one of them. */
export const movedTypes = {
  RESHAPE: ['int8', 'int16', 'int32', 'float32', 'uint8', 'bool', 'int64'],
  SQUEEZE: ['int8', 'int16', 'int32', 'float32', 'uint8', 'bool', 'int64'],
  EXPAND_DIMS: ['int8', 'int16', 'float32'],
  TRANSPOSE: ['int8', 'int16', 'float32'],
  PAD: ['int8', 'int16', 'int32', 'float32'],
  PADV2: ['int8', 'int16', 'int32', 'float32'],
  CONCATENATION: ['int8', 'int16', 'int32', 'float32', 'bool', 'int64'],
  SPLIT: ['int8', 'int16', 'int32', 'float32'],
  SPLIT_V: ['int8', 'int16', 'int32', 'float32'],
  PACK: ['int8', 'int16', 'int32', 'float32', 'int64'],
  STRIDED_SLICE: ['int8', 'int16', 'int32', 'float32', 'bool'],
} as const satisfies Record<string, readonly ElementType[]>;

/** A type the operator moves, int8 half of the time. */
export function randomMovedType(random: Random, operator: keyof typeof movedTypes): ElementType {
  return random.below(2) === 0 ? 'int8' : random.pick<ElementType>(movedTypes[operator]);
}

/** Type and quantisation of tensors that are copied; int8 is quantised. */
export function movedValues(random: Random, type: ElementType): Omit<TensorValues, 'shape'> {
  return type === 'int8' ? { type, quantization: randomQuantization(random) } : { type };
}

/** Type and quantisation of an existing tensor. */
export function valuesOf(builder: GraphBuilder, index: number): Omit<TensorValues, 'shape'> {
  const { type, quantization } = builder.tensors[index] as (typeof builder.tensors)[number];
  return { type, ...(quantization === undefined ? {} : { quantization }) };
}
