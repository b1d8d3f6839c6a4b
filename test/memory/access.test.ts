import { describe, expect, it } from 'vitest';
import { evaluateLayer } from '../../src/interpreter/interpreter.js';
import { allocate, elementCount, fromBytes, type TensorData, toBytes } from '../../src/ir/element-type.js';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import type { Access, LayerAccess } from '../../src/memory/access.js';
import { accumulatedRows, elementWise, windowPixels, windowRows } from '../../src/memory/access-patterns.js';
import { type Layer, prepareGraph } from '../../src/operators/registry.js';
import { createRandom, type Random } from '../support/random.js';
import { generousAccesses } from './accesses.js';
import { randomNetwork } from './random-network.js';

const window = {
  ...{ batches: 1, inH: 6, inW: 6, inC: 2, outH: 3, outW: 3, outC: 4 },
  ...{ kernelH: 3, kernelW: 3, strideH: 2, strideW: 2, dilationH: 1, dilationW: 1, padTop: 0, padLeft: 0 },
};
const networks = Array.from({ length: 40 }, (_, seed) => {
  const random = createRandom(seed);
  const graph = randomNetwork(random, 8);
  const layers = prepareGraph(graph);
  return { seed, random, graph, layers, accesses: generousAccesses(graph, layers) };
});

describe('the events of a window operator', () => {
  it('read the rows under the window and write one row', () => {
    const access = windowRows(window);
    expect([0, 1, 2].map((event) => access.read(0, event))).toEqual([
      { begin: 0, end: 36 },
      { begin: 24, end: 60 },
      { begin: 48, end: 72 }, // the last row of the window lies outside
    ]);
    expect(access.write(0, 1, false)).toEqual({ begin: 12, end: 24 });
  });

  it('read from the first tap of a pixel to the last', () => {
    const access = windowPixels(window);
    expect(access.read(0, 4)).toEqual({ begin: (2 * 6 + 2) * 2, end: (4 * 6 + 5) * 2 });
    expect(access.write(0, 4, false)).toEqual({ begin: 16, end: 20 });
  });

  it('keep as far from their input as the pixels written get ahead of the taps read', () => {
    // pixel x is complete at 4(x + 1) and reads from 2·2x on: 4 bytes ahead at every x
    expect(windowRows(window, 1, 'pixels').overlap(0, 0, false)).toBe(4);
    expect(windowRows(window, 1, 'atomic').overlap(0, 0, false)).toBe(Number.POSITIVE_INFINITY);
    expect(windowRows(window, 1, 'pixels').overlap(0, 0, true)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('other events', () => {
  it('let an element-wise operator write where it reads, and lower when elements shrink', () => {
    const elements = (bytes: number) => ({ bytes, count: 10 });
    expect(elementWise([elements(1)], elements(1)).overlap(0, 0, false)).toBe(0);
    expect(elementWise([elements(4)], elements(1)).overlap(0, 0, false)).toBe(-3);
    expect(elementWise([elements(1)], elements(4)).overlap(0, 0, false)).toBe(30);
    expect(elementWise([elements(1)], elements(4), 5).overlap(0, 0, false)).toBe(15);
  });

  it('let accumulators write in the event that runs last', () => {
    const access = accumulatedRows(40, 10, 4);
    const written = (reverse: boolean) => [0, 1, 2, 3].filter((event) => access.write(0, event, reverse).end > 0);
    expect(written(false)).toEqual([3]);
    expect(written(true)).toEqual([0]);
  });
});

describe.each(networks)('the declarations of network $seed', ({ random, graph, layers, accesses }) => {
  it('cover every output once, in the order of events', () => {
    const wrong: string[] = [];
    forEachGranule(graph, layers, accesses, (layer, access, what) => {
      for (const reverse of access.reversible ? [false, true] : [false]) {
        for (const [slot, tensor] of layer.operator.outputs.entries()) {
          const bytes = sizeOf(graph.tensors[tensor] as Tensor);
          let reached = reverse ? bytes : 0;
          for (let k = 0; k < access.events; k++) {
            const { begin, end } = access.write(slot, reverse ? access.events - 1 - k : k, reverse);
            if (end <= begin) continue;
            if ((reverse ? end : begin) !== reached) wrong.push(`${what}: event ${k} of output ${slot} leaves a gap`);
            reached = reverse ? begin : end;
          }
          if (reached !== (reverse ? 0 : bytes)) wrong.push(`${what}: output ${slot} ends at ${reached} of ${bytes}`);
        }
      }
    });
    expect(wrong).toEqual([]);
  });

  it('name every input byte that an event depends on', () => {
    const wrong: string[] = [];
    forEachGranule(graph, layers, accesses, (layer, access, what, keepsSums) => {
      if (keepsSums) return;
      const inputs = new Map(layer.operator.inputs.map((index) => [index, randomBytes(graph, index, random)]));
      const usual = outputsOf(graph, layer, inputs);
      const step = Math.max(1, Math.floor(access.events / 4));
      for (let event = random.below(step); event < access.events; event += step) {
        const flipped = new Map([...inputs].map(([index, bytes]) => [index, bytes.slice()]));
        for (const [index, bytes] of flipped) {
          if (graph.tensors[index]?.data !== undefined) continue;
          const kept = bytes.map(() => 0);
          for (const [slot, input] of layer.operator.inputs.entries()) {
            if (input !== index) continue;
            const { begin, end } = access.read(slot, event);
            kept.fill(1, begin, Math.max(begin, end));
          }
          for (const i of bytes.keys()) if (kept[i] === 0) bytes[i] = (bytes[i] as number) ^ 0xff;
        }
        const changed = outputsOf(graph, layer, flipped);
        for (const slot of layer.operator.outputs.keys()) {
          const { begin, end } = access.write(slot, event, false);
          const [a, b] = [usual[slot] as Uint8Array, changed[slot] as Uint8Array];
          for (let byte = begin; byte < end; byte++) {
            if (a[byte] !== b[byte])
              wrong.push(`${what}: byte ${byte} of event ${event} depends on an undeclared byte`);
          }
        }
      }
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

function forEachGranule(
  graph: Graph,
  layers: readonly Layer[],
  accesses: readonly LayerAccess[],
  visit: (layer: Layer, access: Access, what: string, keepsSums: boolean) => void,
): void {
  for (const [position, { granules }] of accesses.entries()) {
    const layer = layers[position] as Layer;
    if (layer.operator.outputs.some((index) => sizeOf(graph.tensors[index] as Tensor) === 0)) continue;
    for (const { kind, size, access, scratchKept } of granules) {
      visit(layer, access, `layer ${position} ${layer.operator.name} by ${kind} of ${size}`, scratchKept);
    }
  }
}

function sizeOf({ type, shape }: Tensor): number {
  return allocate(type, elementCount(shape))?.byteLength ?? 0;
}

function randomBytes(graph: Graph, index: number, random: Random): Uint8Array {
  const tensor = graph.tensors[index] as Tensor;
  return tensor.data ?? new Uint8Array(sizeOf(tensor)).map(() => random.below(256));
}

function outputsOf(graph: Graph, layer: Layer, inputs: ReadonlyMap<number, Uint8Array>): Uint8Array[] {
  const value = (index: number): TensorData => {
    const { type, shape } = graph.tensors[index] as Tensor;
    return fromBytes(type, elementCount(shape), inputs.get(index) as Uint8Array) as TensorData;
  };
  return evaluateLayer(graph, layer, value).map(toBytes);
}
