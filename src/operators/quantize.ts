/**
 * QUANTIZE: float32 to int8, or requantisation of int8 or uint8 to int8 and of int8 to uint8.
 *
 * Undefined in TFLM: NaN. It gives the zero point; infinities saturate.
 */
import { elementCount } from '../ir/element-type.js';
import { narrowed } from '../kernels/kernel.js';
import { lookup8 } from '../kernels/lookup-8.js';
import { type QuantizeFloat, quantizeF32S8 } from '../kernels/quantize-f32-s8.js';
import type { OperatorModule } from './operator.js';
import { by } from './signature.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { lookupOperator, type PreparedLookup, prepareLookup } from './support/lookup-table.js';
import { requireShape } from './support/node.js';
import { int8Range, perTensor, quantizeValue, type Range, requantization } from './support/quantization.js';

type FromFloat = { readonly kind: 'float' } & QuantizeFloat;
type Prepared = FromFloat | ({ readonly kind: 'lookup' } & PreparedLookup);

const operator: OperatorModule<Prepared> = {
  name: 'QUANTIZE',
  traits: { recodes: true },
  operands: {
    inputs: [{ name: 'input', types: ['float32', 'int8', 'uint8'] }],
    outputs: [{ name: 'output', types: by('input', { float32: ['int8'], int8: ['int8', 'uint8'], uint8: ['int8'] }) }],
  },

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
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

  kernels: [
    narrowed(quantizeF32S8, (prepared) => (prepared.kind === 'float' ? prepared : undefined)),
    narrowed(lookup8, (prepared) => (prepared.kind === 'lookup' ? prepared : undefined)),
  ],
};
export default operator;
