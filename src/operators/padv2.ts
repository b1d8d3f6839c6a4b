/**
 * PADV2: a border of a constant value, stored in the type and quantisation of the output. Any element type, constant
 * paddings.
 */
import { elementCount, type TensorData } from '../ir/element-type.js';
import { pad } from '../kernels/pad.js';
import type { OperatorModule } from './operator.js';
import { like } from './signature.js';
import { evaluatePad, type PreparedPad, padOperands, preparePad } from './support/padding.js';
import { perTensorOrNone, sameQuantization } from './support/quantization.js';

const operator: OperatorModule<PreparedPad> = {
  name: 'PADV2',
  operands: padOperands({ name: 'value', types: like('input'), constant: true }),
  prepare: (node) =>
    preparePad(node, (output) => {
      const value = node.input(2);
      if (elementCount(value.shape) !== 1) {
        node.fail(
          'model/shape',
          `The fill value has shape [${value.shape}], a scalar is needed.`,
          'Convert the model again.',
          value,
        );
      }
      if (output.type === 'int8' && !sameQuantization(perTensorOrNone(node, value), perTensorOrNone(node, output))) {
        node.fail(
          'model/unsupported-quantization',
          'The fill value is quantised differently from the output.',
          'Convert the model again.',
          value,
        );
      }
      return node.constant(value)[0] as number | bigint;
    }),
  evaluate: (prepared, [input], [output]) => evaluatePad(prepared, input as TensorData, output as TensorData),
  border: ({ border }) => border,
  kernels: [pad],
};
export default operator;
