/** Tensors for operators that move elements without computing, of every type TFLite Micro moves. */
import type { ElementType } from '../../../src/ir/element-type.js';
import { findOperator } from '../../../src/operators/registry.js';
import type { Random } from '../../support/random.js';
import type { GraphBuilder, TensorValues } from './graph-builder.js';
import { oneIn, randomQuantization } from './random-tensors.js';

/** A type that TFLite Micro moves with the operator, int8 half of the time. */
export function randomMovedType(random: Random, operator: string): ElementType {
  return random.below(2) === 0 ? 'int8' : random.pick<ElementType>(movedTypes(operator));
}

/** The types in the declaration of the tensor that the operator moves. */
function movedTypes(operator: string): readonly ElementType[] {
  const moved = findOperator(operator)?.operands.inputs.find(({ liteTypes }) => liteTypes !== undefined);
  if (moved === undefined || 'of' in moved.types) throw new Error(`${operator} does not move a tensor`);
  return moved.types;
}

/** Type and quantisation of tensors that are copied; int8 is mostly quantised. */
export function movedValues(random: Random, type: ElementType): Omit<TensorValues, 'shape'> {
  return type === 'int8' && !oneIn(random, 8) ? { type, quantization: randomQuantization(random) } : { type };
}

/** Type and quantisation of an existing tensor. */
export function valuesOf(builder: GraphBuilder, index: number): Omit<TensorValues, 'shape'> {
  const { type, quantization } = builder.tensors[index] as (typeof builder.tensors)[number];
  return { type, ...(quantization === undefined ? {} : { quantization }) };
}
