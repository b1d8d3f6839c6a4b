/** Turns a layer, bound to a kernel, into a C function that computes one of its events. */
import type { Program } from '../compiler.js';
import { requireComputedType } from '../ir/element-type.js';
import { constantValue, type Tensor, tensorBytes } from '../ir/graph.js';
import type { Emitter } from '../kernels/kernel.js';
import type { ConstantPool } from './constants.js';
import { describeLayer } from './describe.js';
import { commentText, identifierPart } from './names.js';
import { arenaPointer, placeName, ringBytes, scratchName } from './places.js';
import type { LayerRun } from './program-view.js';

export interface EmittedLayer {
  /** Position in execution order, as the layer hook reports it. */
  readonly index: number;
  /** Lines of the banner comment above the function. */
  readonly banner: readonly string[];
  /** Name of the C function; absent when the layer needs no code. */
  readonly functionName?: string;
  /** Its parameters behind the arena: empty when the layer has one event. */
  readonly parameters?: string;
  readonly body?: string;
  readonly headers: readonly string[];
}

/** The layer at `position` of the graph, which runs as layer `index`, without code. */
export function describeWithoutCode({ graph, layers }: Program, position: number, index: number): EmittedLayer {
  const layer = layers[position];
  if (layer === undefined) throw new Error(`there is no layer ${position}`);
  return {
    index,
    banner: [...describeLayer(graph, layer, index), 'No code: the output is the memory of the input.'],
    headers: [],
  };
}

/** Emits the layer at `position` of the graph, which runs as layer `index`. Constants go to `pool`. */
export function emitLayer(
  program: Program,
  position: number,
  index: number,
  { granule, reverse }: LayerRun,
  pool: ConstantPool,
  prefix: string,
): EmittedLayer {
  const { graph, layers, kernels } = program;
  const layer = layers[position];
  const choice = kernels[position];
  if (layer === undefined || choice === undefined) throw new Error(`there is no layer ${position}`);
  const { operator } = layer;
  const { access } = granule;
  const number = String(index).padStart(2, '0');

  const declarations = new Map<string, string>();
  const tensorAt = (tensorIndex: number | undefined) => graph.tensors[tensorIndex ?? -1] as Tensor;
  /** Declares a pointer to the place of a tensor. */
  const pointer = (name: string, tensor: Tensor, constant: boolean) => {
    const qualifier = constant ? 'const ' : '';
    const { cType } = requireComputedType(tensor.type);
    const place = arenaPointer(tensor, placeName(program, prefix, tensor.index), constant);
    declarations.set(name, `${qualifier}${cType} *${name} = ${place};`);
    return name;
  };
  const constantTensor = (tensor: Tensor) => {
    const values = constantValue(tensor);
    if (values === undefined) throw new Error(`constant tensor ${tensor.index} does not fit its shape`);
    const comment = `tensor ${tensor.index} "${commentText(tensor.name)}"`;
    const { cType } = requireComputedType(tensor.type);
    return pool.add({ name: 'tensor', cType, values, comment }, `${prefix}_tensor_${tensor.index}`);
  };
  const ring = (tensor: Tensor, pieceBytes: number) => {
    const capacity = ringBytes(program, tensor.index);
    return capacity === undefined ? 0 : capacity / pieceBytes;
  };
  const piece = (base: string, tensor: Tensor, pieceBytes: number, index: string) => {
    const elements = pieceBytes / requireComputedType(tensor.type).allocate(0).BYTES_PER_ELEMENT;
    return offsetPointer(base, index, elements, tensor.data === undefined ? ring(tensor, pieceBytes) : 0);
  };
  const input = (slot: number) => {
    const tensor = tensorAt(operator.inputs[slot]);
    return tensor.data === undefined ? pointer(`in${slot}`, tensor, true) : constantTensor(tensor);
  };
  const output = (slot: number) => pointer(`out${slot}`, tensorAt(operator.outputs[slot]), false);
  const isRepeated = access.events > 1;
  const event = isRepeated ? 'y' : '0';
  const [first, last] = reverse ? [access.events - 1, 0] : [0, access.events - 1];
  const emitter: Emitter = {
    event,
    isFirst: isRepeated ? `y == ${first}` : '1',
    isLast: isRepeated ? `y == ${last}` : '1',
    input,
    output,
    inputUnit: (slot, at) => piece(input(slot), tensorAt(operator.inputs[slot]), access.readUnit(slot), at),
    outputUnit: (slot, at) => piece(output(slot), tensorAt(operator.outputs[slot]), access.writeUnit(slot), at),
    inputRing: (slot) => ring(tensorAt(operator.inputs[slot]), access.readUnit(slot)),
    constant: (array) => pool.add(array, `${prefix}_layer_${number}_${array.name}`),
    scratch: () => {
      declarations.set('scratch', `uint8_t *scratch = arena + ${scratchName(prefix, index)};`);
      return 'scratch';
    },
  };
  const isEmpty = operator.outputs.every((output) => tensorBytes(tensorAt(output)) === 0);
  const statements = isEmpty ? '(void)arena;' : choice.binding.emit(granule, emitter);
  const lines = [...declarations.values(), statements];
  // every row of a layer is the same place when its tensors are rings of one row
  const isUnused = isRepeated && !lines.some((line) => /\by\b/.test(line));
  return {
    index,
    banner: describeLayer(graph, layer, index),
    functionName: `${prefix}_layer_${number}_${identifierPart(operator.name)}`,
    parameters: isRepeated ? ', int32_t y' : '',
    body: [...(isUnused ? ['(void)y;'] : []), ...lines].join('\n'),
    headers: [`modelc_${choice.kernel}.h`],
  };
}

/** `base + index * elements`, in a ring of `pieces` when that is not 0. */
function offsetPointer(base: string, index: string, elements: number, pieces: number): string {
  if (index === '0' || pieces === 1) return base;
  const unsigned = /^\w+$/.test(index) ? `(uint32_t)${index}` : `(uint32_t)(${index})`;
  const wrapped = pieces === 0 ? index : `(int32_t)(${unsigned} % ${pieces}u)`;
  return elements === 1 ? `${base} + ${wrapped}` : `${base} + ${wrapped} * ${elements}`;
}
