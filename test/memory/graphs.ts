/** Graphs for memory tests, written as a list of layers. */
import type { ElementType } from '../../src/ir/element-type.js';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import type { MemoryNeeds } from '../../src/memory/needs.js';

export interface TensorSpec {
  readonly bytes: number;
  readonly type?: ElementType;
  readonly constant?: boolean;
  readonly variable?: boolean;
}

export interface LayerSpec extends MemoryNeeds {
  readonly name?: string;
  /** Names of tensors; '' marks an omitted input. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface GraphSpec {
  /** By name; a number is the size of an int8 tensor in bytes. Tensor indices follow this order. */
  readonly tensors: Readonly<Record<string, number | TensorSpec>>;
  readonly inputs: readonly string[];
  readonly layers: readonly LayerSpec[];
  readonly outputs: readonly string[];
}

const elementBytes: Partial<Record<ElementType, number>> = { int8: 1, int16: 2, int32: 4, float32: 4, int64: 8 };

export interface Case {
  readonly graph: Graph;
  readonly needs: readonly MemoryNeeds[];
  readonly order: readonly number[];
  /** Index of a tensor by its name. */
  readonly index: (name: string) => number;
}

export function build(spec: GraphSpec): Case {
  const names = Object.keys(spec.tensors);
  const index = (name: string) => (name === '' ? -1 : names.indexOf(name));
  const tensors = names.map((name, position): Tensor => {
    const given = spec.tensors[name];
    const {
      bytes,
      type = 'int8',
      constant = false,
      variable = false,
    } = typeof given === 'number' ? { bytes: given } : given;
    return {
      index: position,
      name,
      type,
      shape: type === 'resource' ? [] : [bytes / (elementBytes[type] ?? 1)],
      isVariable: variable,
      isStatic: true,
      ...(constant && { data: new Uint8Array(bytes) }),
    };
  });
  const operators = spec.layers.map(({ name = 'OP', inputs, outputs }, position) => ({
    index: position,
    name,
    version: 1,
    inputs: inputs.map(index),
    outputs: outputs.map(index),
    options: {},
  }));
  const graph = { name: 'g', tensors, operators, inputs: spec.inputs.map(index), outputs: spec.outputs.map(index) };
  return { graph, needs: spec.layers, order: operators.map(({ index }) => index), index };
}

export const alias: MemoryNeeds = { sharing: [{ input: 0, output: 0, kind: 'alias' }] };
export const overwrite: MemoryNeeds = { sharing: [{ input: 0, output: 0, kind: 'overwrite' }] };
export const overwriteEither: MemoryNeeds = {
  sharing: [
    { input: 0, output: 0, kind: 'overwrite' },
    { input: 1, output: 0, kind: 'overwrite' },
  ],
};

/** Reproducible pseudo-random integers in [0, limit). */
export function random(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A random graph: branches, aliases, operators in place, scratch, constants, unread and empty tensors. */
export function randomCase(seed: number, layerCount: number): Case {
  const next = random(seed);
  const tensors: Record<string, TensorSpec> = { weights: { bytes: 12, constant: true } };
  const types: readonly ElementType[] = ['int8', 'int8', 'int8', 'int16', 'int32', 'int64'];
  const add = (name: string, bytes = next(12) === 0 ? 0 : 8 * (1 + next(20)) + next(2) * 3) => {
    const type = bytes % 8 === 0 ? types[next(types.length)] : 'int8';
    tensors[name] = { bytes, type };
    return name;
  };
  const inputs = Array.from({ length: 1 + next(2) }, (_, i) => add(`in${i}`));
  const available = [...inputs];
  const pick = () => available[Math.max(0, available.length - 1 - next(1 + next(available.length)))];
  const layers = Array.from({ length: layerCount }, (_, i): LayerSpec => {
    const scratchBytes = next(4) === 0 ? 4 * next(30) : 0;
    const kind = next(6);
    const first = next(15) === 0 ? 'weights' : pick();
    let layer: LayerSpec;
    if (kind === 0) {
      layer = { inputs: [first], outputs: [add(`t${i}`, tensors[first].bytes)], ...alias, scratchBytes };
    } else if (kind === 1) {
      const bytes = next(3) === 0 ? Math.floor(tensors[first].bytes / 4) : tensors[first].bytes;
      layer = { inputs: [first], outputs: [add(`t${i}`, bytes)], ...overwrite, scratchBytes };
    } else if (kind === 2) {
      const second = available.find((name) => name !== first && tensors[name].bytes === tensors[first].bytes) ?? first;
      const outputs = [add(`t${i}`, tensors[first].bytes)];
      layer = { inputs: [first, second], outputs, ...overwriteEither, scratchBytes };
    } else if (kind === 3) {
      const sharing = [
        { input: 0, output: 0, kind: 'overwrite' as const },
        { input: 0, output: 1, kind: 'overwrite' as const },
      ];
      layer = { inputs: [first], outputs: [add(`t${i}`), add(`u${i}`)], sharing, scratchBytes };
      available.push(`u${i}`);
    } else {
      layer = { inputs: [first, 'weights', '', pick()], outputs: [add(`t${i}`)], scratchBytes };
    }
    available.push(`t${i}`);
    return layer;
  });
  const outputs = Array.from({ length: 1 + next(2) }, () => pick());
  return build({ tensors, inputs, layers, outputs: [...new Set(outputs)] });
}
