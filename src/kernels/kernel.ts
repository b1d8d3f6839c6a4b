/**
 * What a kernel is: one file here beside one header of the same name in runtime-c (`conv-2d-s8.ts` and
 * `modelc_conv_2d_s8.h`). It says when it applies, what it reads and writes in each event, how it packs its constants
 * and how it is called.
 */
import type { ElementCType, TensorData } from '../ir/element-type.js';
import type { Access, Granule, LayerAccess } from '../memory/access.js';

/** Instruction sets that kernels are written for; every processor runs `scalar`. */
export type Isa = 'scalar' | 'dsp' | 'mve';

/** A constant array that goes to flash. */
export interface ConstantArray {
  /** Suffix of the C identifier, unique within the layer: `weights`. */
  readonly name: string;
  readonly cType: ElementCType;
  readonly values: TensorData;
  /** One line that says what the array holds and in which order. */
  readonly comment: string;
}

/**
 * What `emit` writes the C of one event through. Returned strings are C expressions valid inside the layer's function.
 * Units are those of the granule's access (`readUnit`, `writeUnit`): a tensor may lie whole, or in a ring of units.
 */
export interface Emitter {
  /** The event as an int32_t expression: a parameter of the layer's function, or `0` in a layer of one event. */
  readonly event: string;
  /** Conditions that hold in the event that runs first, and in the one that runs last. */
  readonly isFirst: string;
  readonly isLast: string;
  /** Typed pointer to unit 0 of an input: arena memory, or flash when the tensor is constant. */
  input(slot: number): string;
  output(slot: number): string;
  /** Typed pointer to unit `index`, an int32_t expression. */
  inputUnit(slot: number, index: string): string;
  outputUnit(slot: number, index: string): string;
  /** Units in the ring of an input; 0 when the tensor lies whole. */
  inputRing(slot: number): number;
  /** Pointer to a constant packed by the kernel. */
  constant(array: ConstantArray): string;
  /** Pointer (`uint8_t *`, word-aligned) to the granule's working memory. */
  scratch(): string;
}

/** A kernel applied to one layer. */
export interface Binding extends LayerAccess {
  /** The C statements of one event, in the body of the layer's function. */
  emit(granule: Granule, emitter: Emitter): string;
}

/** Sizes of a layer's operands in bytes. */
export interface Operands {
  /** By slot; 0 for omitted inputs. */
  readonly inputBytes: readonly number[];
  readonly outputBytes: readonly number[];
  /**
   * Bytes of a row. For an input they are those of the tensor that was written, an image perhaps that a RESHAPE has
   * made a vector of. All bytes of a tensor without rows.
   */
  readonly inputRowBytes: readonly number[];
  readonly outputRowBytes: readonly number[];
  /** The same for a pixel: the innermost dimension of an image. */
  readonly inputPixelBytes: readonly number[];
  readonly outputPixelBytes: readonly number[];
}

export interface Kernel<Prepared = unknown> {
  /** `conv_2d_s8`: the header is `modelc_conv_2d_s8.h`. */
  readonly name: string;
  readonly isa: Isa;
  /** Undefined when the kernel cannot compute this layer. */
  bind(prepared: Prepared, operands: Operands): Binding | undefined;
}

/** A way to run a layer that needs no working memory and no arrays on the stack, unless `needs` says so. */
export function granule(kind: Granule['kind'], access: Access, needs: Partial<Granule> = {}): Granule {
  return { kind, size: 1, access, scratchBytes: 0, scratchKept: false, stackBytes: 0, cost: 1, ...needs };
}

/** `kernel` for an operator that prepares several kinds of layers; `select` is undefined for kinds it cannot compute. */
export function narrowed<Prepared, Kind>(
  kernel: Kernel<Kind>,
  select: (prepared: Prepared) => Kind | undefined,
): Kernel<Prepared> {
  return {
    ...kernel,
    bind(prepared, operands) {
      const kind = select(prepared);
      return kind === undefined ? undefined : kernel.bind(kind, operands);
    },
  };
}
