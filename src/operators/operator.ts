/**
 * What an operator module is: one file that knows everything about one TFLite operator.
 * The interpreter, the memory planner and the code generator know operators only through this interface.
 */
import type { ProblemCode } from '../errors.js';
import type { ElementCType, TensorData } from '../ir/element-type.js';
import type { Operator, Options, Tensor } from '../ir/graph.js';
import type { ChannelRule } from './support/channels.js';

/** One operator with its tensors resolved, as `prepare` sees it. */
export interface Node {
  readonly operator: Operator;
  /** The tensor at input slot `slot`; fails the model when the file omits it. */
  input(slot: number): Tensor;
  optionalInput(slot: number): Tensor | undefined;
  output(slot: number): Tensor;
  readonly inputCount: number;
  readonly outputCount: number;
  /** Values of a constant tensor; fails the model when it is not constant or its size does not match its shape. */
  constant(tensor: Tensor): TensorData;
  /** Stops preparation with a problem placed at this operator (and tensor). */
  fail(code: ProblemCode, message: string, remedy: string, tensor?: Tensor): never;
}

/** An output that may share memory with an input. Slots index the operator's inputs and outputs. */
export interface Sharing {
  readonly input: number;
  readonly output: number;
  /**
   * `alias`: the output's bytes are the input's bytes, no code runs (RESHAPE); legal while the input lives on.
   * `overwrite`: every output byte is written after the input bytes at the same offset were read for the last time;
   * legal only when the input is not read afterwards.
   */
  readonly kind: 'alias' | 'overwrite';
}

export interface MemoryNeeds {
  readonly sharing?: readonly Sharing[];
  /** Bytes of working memory during this operator only, 4-aligned. */
  readonly scratchBytes?: number;
  /** Bytes of the arrays that `emit` declares in the layer's function, with pointers of 4 bytes. */
  readonly stackBytes?: number;
}

/** A constant array that goes to flash. */
export interface ConstantArray {
  /** Suffix of the C identifier, unique within the layer: `weights`. */
  readonly name: string;
  readonly cType: ElementCType;
  readonly values: TensorData;
  /** One line that says what the array holds and in which order. */
  readonly comment: string;
}

/** Elements of one value around a tensor: how many before and after it along each dimension. */
export interface Border {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly fill: number | bigint;
}

/** What `emit` writes its layer through. Returned strings are C expressions valid inside the layer's function. */
export interface LayerEmitter {
  /** Typed pointer to an input: arena memory, or flash when the tensor is constant. */
  input(slot: number): string;
  output(slot: number): string;
  /** Pointer to a constant packed by the operator. */
  constant(array: ConstantArray): string;
  /** Includes a kernel header of runtime-c, `modelc_conv_2d_s8.h`; its own includes follow by themselves. */
  header(file: string): void;
  /** Pointer (`uint8_t *`) to the scratch bytes asked for in `memory`. */
  scratch(): string;
}

/** What passes have to know of an operator. */
export interface OperatorTraits {
  /** It does more than write its outputs, so it may neither be removed nor be evaluated at compile time. */
  readonly effects?: true;
  /** Its outputs depend on the shapes of its inputs alone. */
  readonly readsShapesOnly?: true;
}

export interface OperatorModule<Prepared = unknown> {
  readonly name: string;
  readonly traits?: OperatorTraits;
  /** Checks types, shapes, quantisation and options; computes every integer parameter the kernel needs. */
  prepare(node: Node): Prepared;
  /**
   * Reference evaluation in the arithmetic of contract `tflm`. `inputs` follow the operator's input slots (constants
   * included, undefined where omitted); `outputs` are allocated to size and must be written completely.
   */
  evaluate(prepared: Prepared, inputs: readonly (TensorData | undefined)[], outputs: readonly TensorData[]): void;
  /** True when the operator writes the numbers of its input in another type and changes nothing else (QUANTIZE). */
  readonly recodes?: true;
  /** The border that the operator puts around input 0, when it does nothing else (PAD). */
  border?(prepared: Prepared): Border;
  /**
   * Options with which the operator computes the same bytes when `border` is taken off its input 0; undefined when
   * there are none.
   */
  absorbBorder?(prepared: Prepared, border: Border): Options | undefined;
  /** How channels of the output depend on channels of the inputs; undefined when nothing is known. */
  channels?(prepared: Prepared): ChannelRule | undefined;
  memory?(prepared: Prepared): MemoryNeeds;
  /** The statements of the layer's C function. Empty when every output is an alias of its input. */
  emit(prepared: Prepared, emitter: LayerEmitter): string;
  /** Multiply-accumulates per inference, 0 when the operator has none. */
  macs?(prepared: Prepared): number;
  /**
   * Elementary steps of `evaluate`, for an operator without `macs` that takes more of them than its inputs and outputs
   * have elements.
   */
  steps?(prepared: Prepared): number;
}
