/** FULLY_CONNECTED: rows of the input times a constant weight matrix [units][depth]. int8, per-tensor or per-channel. */
import { elementCount } from '../ir/element-type.js';
import type { OperatorModule } from './operator.js';
import { constantStruct } from './support/c-text.js';
import { biasValues, channelTable, interleaveChannels } from './support/convolution.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { requireRank, requireType } from './support/node.js';
import {
  activationRange,
  type ChannelMultipliers,
  channelMultipliers,
  perTensor,
  type Range,
  requantization,
  weightScales,
} from './support/quantization.js';

interface Prepared extends ChannelMultipliers {
  readonly rows: number;
  readonly depth: number;
  readonly units: number;
  /** [units][depth]. */
  readonly weights: Int8Array;
  readonly bias: Int32Array;
  readonly inputZeroPoint: number;
  readonly outputZeroPoint: number;
  readonly range: Range;
}

/** Units whose weights the kernel's inner loop reads together; see modelc_fully_connected_s8.h. */
const unitBlock = 4;

const operator: OperatorModule<Prepared> = {
  name: 'FULLY_CONNECTED',

  prepare(node) {
    const input = node.input(0);
    const filter = node.input(1);
    const output = node.output(0);
    requireType(node, input, ['int8']);
    requireType(node, filter, ['int8']);
    requireType(node, output, ['int8']);
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
    const inputQuantization = perTensor(node, input);
    const outputQuantization = perTensor(node, output);
    const scales = weightScales(node, filter, units, 0);
    const bias = node.optionalInput(2);
    const common = {
      rows,
      depth,
      units,
      weights: node.constant(filter) as Int8Array,
      bias: biasValues(node, bias, units),
      inputZeroPoint: inputQuantization.zeroPoint,
      outputZeroPoint: outputQuantization.zeroPoint,
      range: activationRange(node, outputQuantization),
    };
    if (filter.quantization !== undefined && filter.quantization.scales.length > 1) {
      return { ...common, ...channelMultipliers(node, inputQuantization.scale, scales, outputQuantization.scale) };
    }
    // per-tensor: the product of scales is rounded to float32 first (TFLite GetQuantizedConvolutionMultipler)
    const product = Math.fround(inputQuantization.scale * (scales[0] as number));
    const biasScale = bias?.quantization?.scales[0];
    if (biasScale !== undefined && Math.abs(product - biasScale) / outputQuantization.scale > 0.02) {
      node.fail(
        'model/unsupported-quantization',
        `The bias scale ${biasScale} is not input scale times weight scale (${product}).`,
        'Convert the model again.',
        bias,
      );
    }
    const { multiplier, shift } = requantization(node, product / outputQuantization.scale);
    return {
      ...common,
      multipliers: new Int32Array(units).fill(multiplier),
      shifts: new Int32Array(units).fill(shift),
    };
  },

  // acc = Σ w·(x − zx) + bias; y = clamp(MBQM(acc) + zy)
  evaluate(
    { rows, depth, units, weights, bias, multipliers, shifts, inputZeroPoint, outputZeroPoint, range },
    [input],
    [output],
  ) {
    const x = input as Int8Array;
    const y = output as Int8Array;
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        let acc = 0;
        for (let i = 0; i < depth; i++) {
          acc = (acc + (weights[unit * depth + i] as number) * ((x[row * depth + i] as number) - inputZeroPoint)) | 0;
        }
        acc = (acc + (bias[unit] as number)) | 0;
        const scaled = multiplyByQuantizedMultiplier(acc, multipliers[unit] as number, shifts[unit] as number);
        y[row * units + unit] = clamp(scaled + outputZeroPoint, range.min, range.max);
      }
    }
  },

  macs({ rows, depth, units }) {
    return rows * depth * units;
  },

  emit(prepared, emitter) {
    const { rows, depth, units, weights, outputZeroPoint, range } = prepared;
    emitter.header('modelc_fully_connected_s8.h');
    const channels = channelTable(prepared, (unit) => weights.subarray(unit * depth, (unit + 1) * depth));
    const packed = emitter.constant({
      name: 'weights',
      cType: 'int8_t',
      values: interleaveChannels(weights, 1, units, depth, unitBlock),
      comment: `[group of ${unitBlock} units][depth][${unitBlock}]${units % unitBlock === 0 ? '' : ', left-over units alone'}`,
    });
    const parameters = constantStruct('modelc_fully_connected_s8', 'dense', {
      rows,
      depth,
      units,
      narrow: Number(channels.narrow),
      out_zero: outputZeroPoint,
      out_min: range.min,
      out_max: range.max,
    });
    return `${parameters}
modelc_fully_connected_s8_layer(&dense, ${emitter.input(0)}, ${emitter.output(0)}, ${packed}, ${emitter.constant(channels.array)});`;
  },
};
export default operator;
