/** DEQUANTIZE: int8 to float32. */
import { elementCount } from '../ir/element-type.js';
import type { OperatorModule } from './operator.js';
import { floatLiteral } from './support/c-text.js';
import { requireShape, requireType } from './support/node.js';
import { perTensor, type TensorQuantization } from './support/quantization.js';

interface Prepared {
  readonly count: number;
  readonly input: TensorQuantization;
}

const operator: OperatorModule<Prepared> = {
  name: 'DEQUANTIZE',
  recodes: true,

  prepare(node) {
    const input = node.input(0);
    const output = node.output(0);
    requireType(node, input, ['int8']);
    requireType(node, output, ['float32']);
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

  emit({ count, input }, emitter) {
    emitter.header('modelc_dequantize_s8_f32.h');
    return `modelc_dequantize_s8_f32_layer(${emitter.input(0)}, ${emitter.output(0)}, ${count}, ${floatLiteral(input.scale)}, ${input.zeroPoint});`;
  },
};
export default operator;
