/** The part of the generated interface that is about inputs and outputs: macros, accessors, how the self-test fills them. */
import type { Program } from '../compiler.js';
import { type ElementType, elementCount, requireComputedType } from '../ir/element-type.js';
import { constantValue, type Tensor, tensorBytes } from '../ir/graph.js';
import { floatLiteral } from '../kernels/support/c-text.js';
import type { ConstantPool } from './constants.js';
import { describeTensor } from './describe.js';
import type { EdgeName } from './edge-names.js';
import { commentText } from './names.js';
import { arenaPointer, placeName } from './places.js';

/** What the templates say about the input in `slot`. */
export function inputContext(program: Program, name: string, index: number, slot: number) {
  const tensor = program.graph.tensors[index] as Tensor;
  return {
    ...edgeContext(tensor, 'IN', slot, name),
    pointer: arenaPointer(tensor, placeName(program, name, index), false),
    ...fillContext(tensor, name, slot),
  };
}

function edgeContext(tensor: Tensor, role: 'IN' | 'OUT', slot: number, name: string) {
  const quantization = tensor.quantization?.scales.length === 1 ? tensor.quantization : undefined;
  return {
    macro: `${name.toUpperCase()}_${role}${slot}`,
    suffix: slot === 0 ? '' : String(slot),
    type: requireComputedType(tensor.type).cType,
    comment: `"${commentText(tensor.name)}" ${describeTensor(tensor)}`,
    bytes: tensorBytes(tensor),
    elements: elementCount(tensor.shape),
    shape: tensor.shape.length === 0 ? '1' : tensor.shape.join(', '),
    rank: tensor.shape.length,
    quantized: quantization !== undefined,
    scale: floatLiteral(quantization?.scales[0] ?? 1),
    zeroPoint: quantization?.zeroPoints[0] ?? 0,
    ...(quantization === undefined || codeRanges[tensor.type] === undefined ? {} : { range: codeRanges[tensor.type] }),
  };
}

/** Codes of the types for which the header converts real values. */
const codeRanges: Partial<Record<ElementType, { readonly min: number; readonly max: number }>> = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  int16: { min: -32768, max: 32767 },
};

/** The name of an input or output in its comment, in macros and in the accessor. */
export function nameContext(edge: EdgeName | undefined, name: string, role: 'input' | 'output') {
  const { signature, identifier } = edge ?? {};
  return {
    ...(signature === undefined ? {} : { signature: commentText(signature) }),
    ...(identifier === undefined ? {} : { identifier, named: `${name}_${role}_${identifier}`.toUpperCase() }),
  };
}

/** How the self-test fills an input; the same rule as `randomInputs`. */
function fillContext(tensor: Tensor, name: string, slot: number) {
  const macro = `${name.toUpperCase()}_IN${slot}`;
  if (tensor.type === 'float32') return { fill: 'float', fillCount: `${macro}_ELEMENTS` };
  return { fill: tensor.type === 'bool' ? 'bool' : 'bytes', fillCount: `${macro}_BYTES` };
}

/** An output is read from the arena, or from flash when its value does not depend on the inputs. */
export function outputContext(program: Program, pool: ConstantPool, name: string, index: number, slot: number) {
  const tensor = program.graph.tensors[index] as Tensor;
  const edge = edgeContext(tensor, 'OUT', slot, name);
  if (tensor.data === undefined) {
    return { ...edge, constant: false, pointer: arenaPointer(tensor, placeName(program, name, index), true) };
  }
  const values = constantValue(tensor);
  if (values === undefined) throw new Error(`constant output ${index} does not fit its shape`);
  const comment = `output ${slot} "${tensor.name}", the same for every input`;
  const pointer = pool.add(
    { name: 'output', cType: requireComputedType(tensor.type).cType, values, comment },
    `${name}_output_${slot}`,
  );
  return { ...edge, constant: true, pointer };
}
