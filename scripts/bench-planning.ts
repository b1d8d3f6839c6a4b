/**
 * The time of planning against the number of operators, on networks of convolutions with residual connections.
 *
 *   npx tsx scripts/bench-planning.ts
 */
import type { Graph, Operator, Tensor } from '../src/ir/graph.js';
import type { Access, Granule, LayerAccess } from '../src/memory/access.js';
import { elementWise, windowPixels, windowRows } from '../src/memory/access-patterns.js';
import { planMemory } from '../src/schedule/plan-memory.js';

const size = 32;
const channels = 8;
const row = size * channels;
const elements = { bytes: 1, count: size * row };
const window = {
  ...{ batches: 1, inH: size, inW: size, inC: channels, outH: size, outW: size, outC: channels },
  ...{ kernelH: 3, kernelW: 3, strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, padTop: 1, padLeft: 1 },
};

function granule(kind: Granule['kind'], pieces: number, access: Access, cost: number): Granule {
  return { kind, size: pieces, access, cost, scratchBytes: 0, scratchKept: false, stackBytes: 0 };
}

const convolution: LayerAccess = {
  granules: [granule('rows', 1, windowRows(window), 1), granule('pixels', 4, windowPixels(window, 4), 1.2)],
  work: 3 * elements.count * 9 * channels,
};
const addition: LayerAccess = {
  granules: [
    granule('whole', 1, elementWise([elements, elements], elements), 1),
    granule('rows', 1, elementWise([elements, elements], elements, row), 1.02),
  ],
};

/** Four convolutions and the addition of what went into them, again and again. */
function network(operators: number): { readonly graph: Graph; readonly accesses: readonly LayerAccess[] } {
  const shape = [1, size, size, channels];
  const tensors = Array.from({ length: operators + 1 }, (_, index): Tensor => {
    return { index, name: `t${index}`, type: 'int8', shape, isVariable: false, isStatic: true };
  });
  const isAddition = (index: number) => index % 5 === 4;
  const layers = Array.from({ length: operators }, (_, index): Operator => {
    const inputs = isAddition(index) ? [index, index - 4] : [index];
    return {
      index,
      name: isAddition(index) ? 'ADD' : 'CONV_2D',
      version: 1,
      inputs,
      outputs: [index + 1],
      options: {},
    };
  });
  return {
    graph: { name: 'network', tensors, operators: layers, inputs: [0], outputs: [operators] },
    accesses: layers.map(({ index }) => (isAddition(index) ? addition : convolution)),
  };
}

console.log('operators  objective      arena      ms');
for (const operators of [10, 20, 50, 100, 200, 500, 1000]) {
  const { graph, accesses } = network(operators);
  for (const objective of ['speed', 'balanced', 'ram'] as const) {
    const start = performance.now();
    const { arenaBytes } = planMemory(graph, accesses, { objective });
    const milliseconds = (performance.now() - start).toFixed(0);
    console.log(
      [
        String(operators).padStart(9),
        objective.padEnd(9),
        String(arenaBytes).padStart(10),
        milliseconds.padStart(7),
      ].join('  '),
    );
  }
}
