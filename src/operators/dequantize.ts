/** DEQUANTIZE: int8 to float32. */
import { elementCount } from '../ir/element-type.js';
import { type Dequantize, dequantizeS8F32 } from '../kernels/dequantize-s8-f32.js';
import type { OperatorModule } from './operator.js';
import { requireShape } from './support/node.js';
import { perTensor } from './support/quantization.js';

const operator: OperatorModule<Dequantize> = {
  name: 'DEQUANTIZE',
  traits: { recodes: true },
  operands: {
    inputs: [{ name: 'input', types: ['int8'] }],
    outputs: [{ name: 'output', types: ['float32'] }],
  },

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    requireShape(node, output, input.shape);
    return { count: elementCount(input.shape), input: perTensor(node, input) };
  },

  // y = f32(scale · (q − zx)): one rounding, the difference is exact
  evaluate({ input: { scale, zeroPoint } }, [input], [output]) {
    const y = output as Float32Array;
    (input as Int8Array).forEach((code, i) => {
      y[i] = scale * (code - zeroPoint);
    });
  },

  kernels: [dequantizeS8F32],
};
export default operator;
