/**
 * QUANTIZE: float32 to int8, or requantisation of int8 or uint8 to int8 and of int8 to uint8.
 *
 * Undefined in TFLM: NaN. It gives the zero point; infinities saturate.
 */
import { elementCount } from '../ir/element-type.js';
import type { OperatorModule } from './operator.js';
import { floatLiteral } from './support/c-text.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { lookupOperator, type PreparedLookup, prepareLookup } from './support/lookup-table.js';
import { requireShape, requireType } from './support/node.js';
import {
  int8Range,
  perTensor,
  quantizeValue,
  type Range,
  requantization,
  type TensorQuantization,
} from './support/quantization.js';

interface FromFloat {
  readonly kind: 'float';
  readonly count: number;
  readonly output: TensorQuantization;
}
type Prepared = FromFloat | ({ readonly kind: 'lookup' } & PreparedLookup);

const operator: OperatorModule<Prepared> = {
  name: 'QUANTIZE',
  recodes: true,

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    requireType(node, input, ['float32', 'int8', 'uint8']);
    requireType(node, output, input.type === 'int8' ? ['int8', 'uint8'] : ['int8']);
    requireShape(node, output, input.shape);
    const y = perTensor(node, output);
    if (input.type === 'float32') return { kind: 'float', count: elementCount(input.shape), output: y };
    // y = clamp(MBQM(q − zx) + zy)
    const x = perTensor(node, input);
    const { multiplier, shift } = requantization(node, x.scale / y.scale);
    const range: Range = output.type === 'uint8' ? { min: 0, max: 255 } : int8Range;
    const lookup = prepareLookup(node, (code) =>
      clamp(multiplyByQuantizedMultiplier(code - x.zeroPoint, multiplier, shift) + y.zeroPoint, range.min, range.max),
    );
    return { kind: 'lookup', ...lookup };
  },

  evaluate(prepared, inputs, outputs) {
    if (prepared.kind === 'lookup') return lookupOperator.evaluate(prepared, inputs, outputs);
    const y = outputs[0] as Int8Array;
    (inputs[0] as Float32Array).forEach((value, i) => {
      y[i] = quantizeValue(value, prepared.output, int8Range);
    });
  },

  channels: (prepared) => (prepared.kind === 'lookup' ? lookupOperator.channels?.(prepared) : undefined),

  // reading 4 bytes and writing 1 in ascending order never overtakes the input
  memory: (prepared) => ({
    sharing: prepared.kind === 'lookup' ? prepared.sharing : [{ input: 0, output: 0, kind: 'overwrite' }],
  }),

  emit(prepared, emitter) {
    if (prepared.kind === 'lookup') return lookupOperator.emit(prepared, emitter);
    emitter.header('modelc_quantize_f32_s8.h');
    const { count, output } = prepared;
    return `modelc_quantize_f32_s8_layer(${emitter.input(0)}, ${emitter.output(0)}, ${count}, ${floatLiteral(output.scale)}, ${output.zeroPoint});`;
  },
};
export default operator;
