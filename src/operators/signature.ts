/**
 * What operators take and give: number, types and constancy of inputs and outputs, declared by every module and checked
 * here before anything else looks at them.
 */
import type { ElementType } from '../ir/element-type.js';
import type { Tensor } from '../ir/graph.js';
import type { Node } from './operator.js';
import { typeRemedy } from './remedies.js';

/** The types of an operand: a list, or what follows from the type of the operand named `of`, an earlier one. */
export type OperandTypes =
  | readonly ElementType[]
  | {
      readonly of: string;
      /** The types for each type of the other operand; absent: the same type. */
      readonly map?: Readonly<Partial<Record<ElementType, readonly ElementType[]>>>;
    };

export interface Operand {
  /** The field's word for it: `input`, `filter`, `bias`, `axis`. */
  readonly name: string;
  /** Types that TFLite Micro takes too; its bytes are the result. */
  readonly types: OperandTypes;
  /** Types that TFLite Micro refuses and TensorFlow Lite takes; then the bytes are TensorFlow Lite's. */
  readonly liteTypes?: readonly ElementType[];
  /** Its value must be in the file. */
  readonly constant?: true;
  /** The file may leave it out: −1 in its slot, or a list that ends before it. Only others like it may follow. */
  readonly optional?: true;
  /** One or more tensors, all of one type. Nothing may follow. */
  readonly repeated?: true;
}

/** In the order of the slots. */
export interface Signature {
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
}

/** The type of the operand called `name`. */
export function like(name: string): OperandTypes {
  return { of: name };
}

/** Types that depend on that of the operand called `name`. */
export function by(name: string, map: Readonly<Partial<Record<ElementType, readonly ElementType[]>>>): OperandTypes {
  return { of: name, map };
}

/** The types of shapes, axes, paddings and other indices. */
export const indexTypes: readonly ElementType[] = ['int32', 'int64'];

/** Fails the model unless the operator has the operands it declares. */
export function checkOperands(node: Node, { inputs, outputs }: Signature): void {
  checkCount(node, 'input', inputs, node.inputCount);
  checkCount(node, 'output', outputs, node.outputCount);
  const found = new Map<string, ElementType>();
  const check = (operand: Operand, tensor: Tensor) => {
    checkType(node, operand, tensor, found);
    if (operand.constant && tensor.data === undefined) {
      node.fail(
        'model/unsupported-option',
        `The ${operand.name} is computed at run time, but modelc needs it as a constant.`,
        'Freeze it into the model before converting.',
        tensor,
      );
    }
  };
  for (let slot = 0; slot < node.inputCount; slot++) {
    const operand = operandAt(inputs, slot);
    const tensor = operand.optional ? node.optionalInput(slot) : node.input(slot);
    if (tensor !== undefined) check(operand, tensor);
  }
  for (let slot = 0; slot < node.outputCount; slot++) check(operandAt(outputs, slot), node.output(slot));
}

/** The operand in a slot that `checkCount` has accepted: a repeated one takes all slots from its own on. */
function operandAt(operands: readonly Operand[], slot: number): Operand {
  return operands[Math.min(slot, operands.length - 1)] as Operand;
}

function checkCount(node: Node, role: 'input' | 'output', operands: readonly Operand[], count: number): void {
  const least = operands.filter(({ optional }) => !optional).length;
  const most = operands.some(({ repeated }) => repeated) ? Number.POSITIVE_INFINITY : operands.length;
  if (count >= least && count <= most) return;
  const range =
    least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  const names = operands.map(({ name, optional, repeated }) => `${name}${optional ? '?' : repeated ? ' …' : ''}`);
  node.fail(
    'model/invalid',
    `${node.operator.name} takes ${range} ${role}${range === '1' ? '' : 's'} (${names.join(', ')}); this one has ${count}.`,
    'Convert the model again: the TensorFlow Lite converter does not write such an operator.',
  );
}

/** Checks the type of `tensor` and notes it in `found`, for the operands whose types depend on it. */
function checkType(node: Node, { name, types, liteTypes }: Operand, tensor: Tensor, found: Map<string, ElementType>) {
  const before = found.get(name);
  const other = 'of' in types ? (found.get(types.of) as ElementType) : undefined;
  const allowed = before !== undefined ? [before] : allowedTypes(types, liteTypes, other);
  found.set(name, tensor.type);
  if (allowed.includes(tensor.type)) return;
  const because = before !== undefined ? ` like the ${name} before it` : other === undefined ? '' : ` for ${other}`;
  node.fail(
    'model/unsupported-type',
    `The ${name} is ${tensor.type}; ${node.operator.name} supports ${allowed.join(', ') || 'no type'} here${because}.`,
    typeRemedy(tensor.type, allowed),
    tensor,
  );
}

function allowedTypes(
  types: OperandTypes,
  liteTypes: readonly ElementType[] = [],
  other: ElementType | undefined,
): readonly ElementType[] {
  if (!('of' in types)) return [...types, ...liteTypes];
  if (other === undefined) return [];
  return types.map === undefined ? [other] : (types.map[other] ?? []);
}
