/** PAD: a border of zeros; for int8 the zero point of the output. Any element type, constant paddings. */
import type { TensorData } from '../ir/element-type.js';
import { pad } from '../kernels/pad.js';
import type { OperatorModule } from './operator.js';
import { evaluatePad, type PreparedPad, padOperands, preparePad } from './support/padding.js';
import { perTensorOrNone } from './support/quantization.js';

const operator: OperatorModule<PreparedPad> = {
  name: 'PAD',
  operands: padOperands(),
  prepare: (node) =>
    preparePad(node, (output) => {
      if (output.type === 'int8' || output.type === 'uint8') return perTensorOrNone(node, output).zeroPoint;
      return output.type === 'int64' ? 0n : 0;
    }),
  evaluate: (prepared, [input], [output]) => evaluatePad(prepared, input as TensorData, output as TensorData),
  border: ({ border }) => border,
  kernels: [pad],
};
export default operator;
