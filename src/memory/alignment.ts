import type { ElementType } from '../ir/element-type.js';

/** Everything in an arena, and so the arena, is aligned at least like this; scratch holds words. */
export const minimumAlignment = 4;

/** Alignment of a tensor in the arena: that of its elements, and at least a word so that kernels may load words. */
export function tensorAlignment(type: ElementType): number {
  switch (type) {
    case 'int64':
    case 'uint64':
    case 'float64':
    case 'complex64':
    case 'complex128':
      return 8;
    default:
      return minimumAlignment;
  }
}

/** Scratch holds words. */
export const scratchAlignment = minimumAlignment;

/** The smallest multiple of `align` that is not below `value`. */
export function alignUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}
