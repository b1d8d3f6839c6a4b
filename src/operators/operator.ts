/**
 * What an operator module is: one file that knows everything about one TFLite operator.
 * Interpreter, passes and `lower` know operators only through this interface.
 */
import type { ProblemCode } from '../errors.js';
import type { TensorData } from '../ir/element-type.js';
import type { Operator, Options, Tensor } from '../ir/graph.js';
import type { Kernel } from '../kernels/kernel.js';
import type { Signature } from './signature.js';
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

/** Elements of one value around a tensor: how many before and after it along each dimension. */
export interface Border {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly fill: number | bigint;
}

/** What the compiler has to know of an operator beyond its arithmetic. */
export interface OperatorTraits {
  /** It does more than write its outputs, so it may neither be removed nor be evaluated at compile time. */
  readonly effects?: true;
  /** Its outputs depend on the shapes of its inputs alone. */
  readonly readsShapesOnly?: true;
  /** Output 0 has the bytes of input 0 under another shape. */
  readonly renames?: true;
  /** It writes the numbers of its input in another type and changes nothing else. */
  readonly recodes?: true;
}

export interface OperatorModule<Prepared = unknown> {
  readonly name: string;
  readonly traits?: OperatorTraits;
  /** Number, types and constancy of inputs and outputs; checked before `prepare`, which relies on them. */
  readonly operands: Signature;
  /** Checks shapes, quantisation and options; computes every integer parameter the kernel needs. */
  prepare(node: Node): Prepared;
  /**
   * Reference evaluation in the arithmetic of contract `tflm`. `inputs` follow the operator's input slots (constants
   * included, undefined where omitted); `outputs` are allocated to size and must be written completely.
   */
  evaluate(prepared: Prepared, inputs: readonly (TensorData | undefined)[], outputs: readonly TensorData[]): void;
  /**
   * Ways to compute a layer, preferred ones first. Those of instruction set `scalar` together compute every layer that
   * `prepare` accepts.
   */
  readonly kernels: readonly Kernel<Prepared>[];
  /** The border that the operator puts around input 0, when it does nothing else (PAD). */
  border?(prepared: Prepared): Border;
  /**
   * Options with which the operator computes the same bytes when `border` is taken off its input 0; undefined when
   * there are none.
   */
  absorbBorder?(prepared: Prepared, border: Border): Options | undefined;
  /** How channels of the output depend on channels of the inputs; undefined when nothing is known. */
  channels?(prepared: Prepared): ChannelRule | undefined;
  /** Multiply-accumulates per inference, 0 when the operator has none. */
  macs?(prepared: Prepared): number;
  /**
   * Elementary steps of `evaluate`, for an operator without `macs` that takes more of them than its inputs and outputs
   * have elements.
   */
  steps?(prepared: Prepared): number;
}
