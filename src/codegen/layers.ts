/** Turns prepared layers and a memory plan into one C function per layer. */
import { type ElementType, requireComputedType } from '../ir/element-type.js';
import { constantValue, type Graph, type Tensor } from '../ir/graph.js';
import type { MemoryPlan } from '../memory/types.js';
import type { LayerEmitter } from '../operators/operator.js';
import type { Layer } from '../operators/registry.js';
import type { ConstantPool } from './constants.js';
import { commentText, identifierPart } from './names.js';

export interface EmittedLayer {
  /** Position in execution order, as the layer hook reports it. */
  readonly index: number;
  /** Lines of the banner comment above the function. */
  readonly banner: readonly string[];
  /** Name of the C function; absent when the layer needs no code. */
  readonly functionName?: string;
  readonly body?: string;
  readonly headers: readonly string[];
}

/** A typed pointer to arena memory. Wider types go through void: the plan aligns them. */
export function arenaPointer(type: ElementType, offset: number, constant: boolean): string {
  const qualifier = constant ? 'const ' : '';
  const scalar = requireComputedType(type).cType;
  if (scalar === 'uint8_t') return `arena + ${offset}`;
  const through = scalar === 'int8_t' ? '' : `(${qualifier}void *)`;
  return `(${qualifier}${scalar} *)${through}(arena + ${offset})`;
}

/** Emits the layer that runs at time `index`. Constants go to `pool` under names that start with `prefix`. */
export function emitLayer(
  graph: Graph,
  layer: Layer,
  index: number,
  plan: MemoryPlan,
  pool: ConstantPool,
  prefix: string,
): EmittedLayer {
  const { operator, module, prepared } = layer;
  const position = plan.order[index] as number;
  const number = String(index).padStart(2, '0');
  const functionName = `${prefix}_layer_${number}_${identifierPart(operator.name)}`;
  const banner = describe(graph, layer, index);
  const output = operator.outputs[0] as number;
  if (plan.tensors.get(output)?.sharing.kind === 'alias') {
    return { index, banner: [...banner, 'No code: the output is the memory of the input.'], headers: [] };
  }

  const headers = new Set<string>();
  const declarations = new Map<string, string>();
  const declare = (name: string, type: ElementType, offset: number, constant: boolean) => {
    const qualifier = constant ? 'const ' : '';
    declarations.set(
      name,
      `${qualifier}${requireComputedType(type).cType} *${name} = ${arenaPointer(type, offset, constant)};`,
    );
    return name;
  };
  const tensorAt = (tensorIndex: number) => graph.tensors[tensorIndex] as Tensor;
  const emitter: LayerEmitter = {
    input(slot) {
      const tensor = tensorAt(operator.inputs[slot] as number);
      if (tensor.data === undefined)
        return declare(`in${slot}`, tensor.type, plan.tensors.get(tensor.index)?.offset ?? 0, true);
      const values = constantValue(tensor);
      if (values === undefined) throw new Error(`constant tensor ${tensor.index} does not fit its shape`);
      const comment = `tensor ${tensor.index} "${commentText(tensor.name)}"`;
      return pool.add(
        { name: 'tensor', cType: requireComputedType(tensor.type).cType, values, comment },
        `${prefix}_tensor_${tensor.index}`,
        index,
      );
    },
    output(slot) {
      const tensor = tensorAt(operator.outputs[slot] as number);
      return declare(`out${slot}`, tensor.type, plan.tensors.get(tensor.index)?.offset ?? 0, false);
    },
    constant: (array) => pool.add(array, `${prefix}_layer_${number}_${array.name}`, index),
    header: (file) => headers.add(file),
    scratch: () => {
      declarations.set('scratch', `uint8_t *scratch = arena + ${plan.scratch[position]?.offset ?? 0};`);
      return 'scratch';
    },
  };
  const statements = module.emit(prepared, emitter);
  const body = [...declarations.values(), statements].join('\n');
  return { index, banner, functionName, body, headers: [...headers] };
}

/** `int8 [1,49,10,1] scale 0.58 zero point 83`, `int8 … 64 scales along axis 0` for per-channel tensors. */
export function describeTensor({ type, shape, quantization }: Tensor): string {
  const base = `${type} [${shape.join(',')}]`;
  if (quantization === undefined) return base;
  const { scales, zeroPoints, axis } = quantization;
  if (scales.length > 1) return `${base} ${scales.length} scales along axis ${axis}`;
  return `${base} scale ${Number((scales[0] as number).toPrecision(7))} zero point ${zeroPoints[0]}`;
}

function describe(graph: Graph, { operator, module, prepared }: Layer, index: number): string[] {
  const line = (role: string, tensorIndex: number) => {
    if (tensorIndex < 0) return `${role} omitted`;
    const tensor = graph.tensors[tensorIndex] as Tensor;
    const constant = tensor.data === undefined ? '' : ' constant';
    return `${role} ${tensorIndex} "${commentText(tensor.name)}"${constant} ${describeTensor(tensor)}`;
  };
  const options = Object.entries(operator.options)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  const macs = module.macs?.(prepared) ?? 0;
  return [
    `Layer ${index}: ${operator.name}${operator.index === index ? '' : ` (operator ${operator.index} of the file)`}${macs > 0 ? `, ${macs} MACs` : ''}`,
    ...(options === '' ? [] : [commentText(options)]),
    ...operator.inputs.map((input) => line(' in ', input)),
    ...operator.outputs.map((output) => line(' out', output)),
  ];
}
