/** Small models whose inputs and outputs are unusual: several, none, constant, shared, wide or floating-point. */
import { toBytes } from '../../src/ir/element-type.js';
import type { Graph } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { makeModel, makeOperator, makeTensor } from '../support/models.js';

const noActivation = { fused_activation_function: 'NONE' };
const file = (graph: Omit<Graph, 'name'>): Uint8Array => writeModel(makeModel([{ name: 'main', ...graph }]));

function tensorOfType(index: number, type: 'int16' | 'int32' | 'int64' | 'bool' | 'float32', shape: readonly number[]) {
  const { quantization: _, ...tensor } = makeTensor(index, { type, shape });
  return tensor;
}

export const edgeModels: ReadonlyMap<string, Uint8Array> = new Map([
  [
    'two_in_three_out',
    file({
      tensors: [0, 1, 2, 3, 4].map((index) => makeTensor(index, { shape: [1, 3, 3, 5] })),
      operators: [
        makeOperator(0, { name: 'ADD', inputs: [0, 1], outputs: [2], options: noActivation }),
        makeOperator(1, { name: 'MUL', inputs: [0, 2], outputs: [3], options: noActivation }),
        makeOperator(2, { name: 'RELU', inputs: [3], outputs: [4] }),
      ],
      inputs: [1, 0],
      outputs: [4, 2, 3],
    }),
  ],
  [
    'float_edges',
    file({
      tensors: [
        tensorOfType(0, 'float32', [1, 7]),
        makeTensor(1, { shape: [1, 7] }),
        makeTensor(2, { shape: [1, 7] }),
        tensorOfType(3, 'float32', [1, 7]),
      ],
      operators: [
        makeOperator(0, { name: 'QUANTIZE', inputs: [0], outputs: [1] }),
        makeOperator(1, { name: 'RELU6', inputs: [1], outputs: [2] }),
        makeOperator(2, { name: 'DEQUANTIZE', inputs: [2], outputs: [3] }),
      ],
      inputs: [0],
      outputs: [3],
    }),
  ],
  [
    'constant_outputs',
    file({
      tensors: [
        makeTensor(0, { shape: [1, 4] }),
        tensorOfType(1, 'int32', [2]),
        { ...tensorOfType(2, 'float32', [2]), data: toBytes(Float32Array.of(0.1, -3e38)) },
        { ...tensorOfType(3, 'int64', [2]), data: toBytes(BigInt64Array.of(-(2n ** 63n), 7n)) },
        makeTensor(4, { shape: [1, 4] }),
      ],
      operators: [
        makeOperator(0, { name: 'SHAPE', inputs: [0], outputs: [1], options: { out_type: 'INT32' } }),
        makeOperator(1, { name: 'RELU', inputs: [0], outputs: [4] }),
      ],
      inputs: [0],
      outputs: [1, 2, 4, 3],
    }),
  ],
  ['identity', file({ tensors: [makeTensor(0)], operators: [], inputs: [0], outputs: [0] })],
  [
    'input_and_result',
    file({
      tensors: [makeTensor(0), makeTensor(1), makeTensor(2, { shape: [4, 1] })],
      operators: [
        makeOperator(0, { name: 'RELU', inputs: [0], outputs: [1] }),
        makeOperator(1, { name: 'RESHAPE', inputs: [1], outputs: [2] }),
      ],
      inputs: [0],
      outputs: [2, 0, 1, 2],
    }),
  ],
  [
    'inputless',
    file({
      tensors: [makeTensor(0, { data: Uint8Array.of(1, 2, 3, 4) }), makeTensor(1)],
      operators: [makeOperator(0, { name: 'RELU', inputs: [0], outputs: [1] })],
      inputs: [],
      outputs: [1],
    }),
  ],
  [
    'wide_types',
    file({
      tensors: [
        tensorOfType(0, 'int64', [2, 3]),
        tensorOfType(1, 'int64', [3, 2]),
        { ...tensorOfType(2, 'int32', [2]), data: toBytes(Int32Array.of(1, 0)) },
        tensorOfType(3, 'int16', [5]),
        tensorOfType(4, 'int16', [10]),
        tensorOfType(5, 'bool', [3]),
        tensorOfType(6, 'bool', [2, 3]),
      ],
      operators: [
        makeOperator(0, { name: 'TRANSPOSE', inputs: [0, 2], outputs: [1] }),
        makeOperator(1, { name: 'CONCATENATION', inputs: [3, 3], outputs: [4], options: { axis: 0, ...noActivation } }),
        makeOperator(2, { name: 'PACK', inputs: [5, 5], outputs: [6], options: { axis: 0, values_count: 2 } }),
      ],
      inputs: [3, 0, 5],
      outputs: [1, 4, 6],
    }),
  ],
]);
