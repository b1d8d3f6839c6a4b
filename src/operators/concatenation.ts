/**
 * CONCATENATION: tensors joined along one axis. Raw copy of any element type; 8-bit inputs must be quantised like the
 * output, and zero points of int16 be 0. TFLM refuses uint8: its bytes are TensorFlow Lite's, which copies too.
 */

import type { Tensor } from '../ir/graph.js';
import type { Node, OperatorModule } from './operator.js';
import { like } from './signature.js';
import { joinOperator, joinParts, type PreparedJoin } from './support/joining.js';
import { elementBytes, moved, splitAtAxis } from './support/movement.js';
import { normalizeAxis, numberOption, requireShape } from './support/node.js';
import { perTensorOrNone, requireNoActivation, sameQuantization } from './support/quantization.js';

const operator: OperatorModule<PreparedJoin> = {
  name: 'CONCATENATION',
  operands: {
    inputs: [{ ...moved('values', ['int8', 'int16', 'int32', 'float32', 'bool', 'int64']), repeated: true }],
    outputs: [{ name: 'output', types: like('values') }],
  },

  prepare(node) {
    const output = node.output(0);
    requireNoActivation(node);
    const axis = normalizeAxis(node, numberOption(node, 'axis', 0), output.shape.length, output);
    const inputs = Array.from({ length: node.inputCount }, (_, slot) => node.input(slot));
    for (const input of inputs) {
      requireShape(
        node,
        input,
        output.shape.map((extent, i) => (i === axis ? (input.shape[axis] ?? 0) : extent)),
      );
      requireCopyable(node, input, output);
    }
    const joined = inputs.reduce((total, input) => total + (input.shape[axis] as number), 0);
    requireShape(
      node,
      output,
      output.shape.map((extent, i) => (i === axis ? joined : extent)),
    );
    const { outer, inner } = splitAtAxis(output.shape, axis);
    return joinParts(
      elementBytes(output),
      outer,
      inputs.map((input) => (input.shape[axis] as number) * inner),
    );
  },

  ...joinOperator,
};
export default operator;

/** Fails unless the bytes of `input` mean the same in `output`. */
function requireCopyable(node: Node, input: Tensor, output: Tensor): void {
  if (!['int8', 'uint8', 'int16'].includes(output.type)) return;
  const [x, y] = [perTensorOrNone(node, input), perTensorOrNone(node, output)];
  if (output.type === 'int16' ? x.zeroPoint === 0 && y.zeroPoint === 0 : sameQuantization(x, y)) return;
  node.fail(
    'model/unsupported-quantization',
    output.type === 'int16'
      ? `Zero points are ${x.zeroPoint} and ${y.zeroPoint}; CONCATENATION of int16 needs 0.`
      : 'An input is quantised differently from the output; TFLite Micro copies bytes without rescaling.',
    'Convert the model again with a current converter, which inserts QUANTIZE operators.',
    input,
  );
}
