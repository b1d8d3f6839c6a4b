/**
 * FULLY_CONNECTED: rows of the input times a constant weight matrix [units][depth]. int8, weights per tensor or per
 * unit, int32 bias. A zero point of the weights counts with one scale for all of them, as in TFLM.
 *
 * Undefined in TFLM: accumulators beyond 32 bits. They wrap modulo 2³².
 */
import { elementCount } from '../ir/element-type.js';
import type { Quantization } from '../ir/graph.js';
import { type FullyConnected, fullyConnectedS8 } from '../kernels/fully-connected-s8.js';
import type { Node, OperatorModule } from './operator.js';
import { type FilterLayout, filterConstants, reachOfFilters } from './support/channels.js';
import { linearOperands, outputCode, prepareLinear } from './support/linear.js';
import { requireRank } from './support/node.js';
import { perTensor } from './support/quantization.js';

const operator: OperatorModule<FullyConnected> = {
  name: 'FULLY_CONNECTED',
  operands: linearOperands,

  prepare(node) {
    const input = node.input(0);
    const filter = node.input(1);
    const output = node.output(0);
    requireRank(node, filter, 2);
    const format = node.operator.options.weights_format ?? 'DEFAULT';
    if (format !== 'DEFAULT') {
      node.fail(
        'model/unsupported-option',
        `Weights format ${format} is not supported.`,
        'Convert the model with default weights.',
        filter,
      );
    }
    const [units, depth] = filter.shape as [number, number];
    const inputElements = elementCount(input.shape);
    const rows = depth > 0 ? inputElements / depth : 0;
    if (
      depth < 1 ||
      units < 1 ||
      !Number.isInteger(rows) ||
      elementCount(output.shape) !== rows * units ||
      output.shape.at(-1) !== units
    ) {
      node.fail(
        'model/shape',
        `Input [${input.shape}], weights [${filter.shape}] and output [${output.shape}] do not fit together.`,
        'Convert the model again.',
        filter,
      );
    }
    const linear = prepareLinear(node, units, true);
    const { scales, zeroPoints } = filter.quantization as Quantization;
    if (scales.length === 1) requireBiasScale(node, scales[0] as number);
    return { rows, depth, units, ...linear, weightZeroPoint: scales.length === 1 ? (zeroPoints[0] as number) : 0 };
  },

  // acc = Σ (w − zw)·(x − zx) + bias; y = clamp(MBQM(acc) + zy)
  evaluate(prepared, [input], [output]) {
    const { rows, depth, units, weights, weightZeroPoint, inputZeroPoint } = prepared;
    const x = input as Int8Array;
    const y = output as Int8Array;
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        let acc = 0;
        for (let i = 0; i < depth; i++) {
          const weight = (weights[unit * depth + i] as number) - weightZeroPoint;
          acc = (acc + weight * ((x[row * depth + i] as number) - inputZeroPoint)) | 0;
        }
        y[row * units + unit] = outputCode(prepared, acc, unit);
      }
    }
  },

  macs({ rows, depth, units }) {
    return rows * depth * units;
  },

  channels(prepared) {
    const { depth, units, filter, biasTensor } = prepared;
    const layout: FilterLayout = {
      outputs: units,
      taps: 1,
      inputs: depth,
      at: (output, _, input) => output * depth + input,
    };
    const tensors = { filter, bias: biasTensor, outputAxis: 0, inputAxis: 1 };
    return {
      relation: 'mix',
      inputChannels: depth,
      steps: prepared.weights.length,
      reach: ([input]) => reachOfFilters(prepared, layout, input ?? [], { padded: false, depthwise: false }),
      canDrop: () => true,
      constants: (input, output) => filterConstants(prepared, layout, tensors, input, output),
    };
  },

  kernels: [fullyConnectedS8],
};
export default operator;

/**
 * With one scale for all weights TFLM refuses a bias of another scale (TFLite `GetQuantizedConvolutionMultipler`); one
 * without parameters has scale 0 there.
 */
function requireBiasScale(node: Node, weightScale: number): void {
  const bias = node.optionalInput(2);
  if (bias === undefined) return;
  const biasScale = bias.quantization?.scales[0] ?? 0;
  const product = perTensor(node, node.input(0)).scale * weightScale;
  if (Math.abs(product - biasScale) / perTensor(node, node.output(0)).scale > 0.02) {
    node.fail(
      'model/unsupported-quantization',
      `The bias scale ${biasScale} is not input scale times weight scale (${product}).`,
      'Convert the model again.',
      bias,
    );
  }
}
