/** Small models for tests, made with the writer. */
import type { Graph, Operator, Tensor } from '../../src/ir/graph.js';
import type { WritableModel } from '../../src/tflite/writer.js';

/** An int8 tensor [1, 4] with scale 0.5 and zero point 3, changed by `changes`. */
export function makeTensor(index: number, changes: Partial<Tensor> = {}): Tensor {
  return {
    index,
    name: `tensor ${index}`,
    type: 'int8',
    shape: [1, 4],
    quantization: { scales: [0.5], zeroPoints: [3], axis: 0 },
    isVariable: false,
    isStatic: true,
    ...changes,
  };
}

export function makeOperator(index: number, changes: Partial<Operator> = {}): Operator {
  return { index, name: 'LOGISTIC', version: 1, inputs: [0], outputs: [1], options: {}, ...changes };
}

export function makeModel(graphs: readonly Graph[], changes: Partial<WritableModel> = {}): WritableModel {
  return { version: 3, description: 'made by a test', graphs, metadata: [], signatures: [], ...changes };
}

/** input [1, 4] → LOGISTIC → output [1, 4] */
export function logisticGraph(changes: Partial<Graph> = {}): Graph {
  return {
    name: 'main',
    tensors: [makeTensor(0), makeTensor(1)],
    operators: [makeOperator(0)],
    inputs: [0],
    outputs: [1],
    ...changes,
  };
}

/** CONV_2D with per-channel weights, a resource variable, a custom operator: one of everything the format has. */
export function variedModel(): WritableModel {
  const main: Graph = {
    name: 'main',
    tensors: [
      makeTensor(0, { name: 'image', shape: [1, 4, 4, 2] }),
      makeTensor(1, {
        name: 'weights',
        shape: [3, 1, 1, 2],
        quantization: { scales: [0.5, 0.25, 0.125], zeroPoints: [0, 0, 0], axis: 0 },
        data: new Uint8Array([1, 2, 3, 4, 5, 6]),
      }),
      makeTensor(2, {
        name: 'bias',
        type: 'int32',
        shape: [3],
        quantization: { scales: [0.25, 0.125, 0.0625], zeroPoints: [0, 0, 0], axis: 0 },
        data: new Uint8Array(12).fill(7),
      }),
      makeTensor(3, { name: 'convolved', shape: [1, 2, 2, 3], isStatic: false }),
      { index: 4, name: 'state', type: 'int16', shape: [1, 8], isVariable: true, isStatic: true },
      makeTensor(5, { name: 'result', shape: [1, 12] }),
      {
        index: 6,
        name: 'empty',
        type: 'int32',
        shape: [0],
        data: new Uint8Array(0),
        isVariable: false,
        isStatic: true,
      },
    ],
    operators: [
      makeOperator(0, {
        name: 'CONV_2D',
        version: 3,
        inputs: [0, 1, 2],
        outputs: [3],
        options: {
          padding: 'VALID',
          stride_w: 2,
          stride_h: 2,
          fused_activation_function: 'RELU6',
          dilation_w_factor: 1,
          dilation_h_factor: 1,
          quantized_bias_type: 'FLOAT32',
        },
      }),
      makeOperator(1, {
        name: 'CUSTOM:Filter',
        inputs: [3, 4, -1, 6],
        outputs: [5],
        customOptions: new Uint8Array([9, 8, 7]),
      }),
    ],
    inputs: [0],
    outputs: [5],
  };
  return makeModel([main, logisticGraph({ name: 'second' })], {
    metadata: [{ name: 'note', data: new Uint8Array([1, 2, 3]) }],
    signatures: [
      { key: 'serve', subgraph: 0, inputs: [{ name: 'x', tensor: 0 }], outputs: [{ name: 'y', tensor: 5 }] },
    ],
  });
}
