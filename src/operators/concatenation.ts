/**
 * CONCATENATION: tensors joined along one axis. Raw copy of any element type; int8 inputs must be quantised like the
 * output.
 */
import type { OperatorModule } from './operator.js';
import { joinOperator, joinParts, type PreparedJoin } from './support/joining.js';
import { requireMovable, splitAtAxis } from './support/movement.js';
import { normalizeAxis, numberOption, requireShape } from './support/node.js';
import { perTensor, requireNoActivation, sameQuantization } from './support/quantization.js';

const operator: OperatorModule<PreparedJoin> = {
  name: 'CONCATENATION',

  prepare(node) {
    const output = node.output(0);
    requireNoActivation(node);
    const axis = normalizeAxis(node, numberOption(node, 'axis', 0), output.shape.length, output);
    const inputs = Array.from({ length: node.inputCount }, (_, slot) => node.input(slot));
    const elementBytes = inputs.reduce((_, input) => requireMovable(node, input, output), 0);
    for (const input of inputs) {
      requireShape(
        node,
        input,
        output.shape.map((extent, i) => (i === axis ? (input.shape[axis] ?? 0) : extent)),
      );
      if (output.type === 'int8' && !sameQuantization(perTensor(node, input), perTensor(node, output))) {
        node.fail(
          'model/unsupported-quantization',
          'An input is quantised differently from the output; TFLite Micro copies bytes without rescaling.',
          'Convert the model again with a current converter, which inserts QUANTIZE operators.',
          input,
        );
      }
    }
    const joined = inputs.reduce((total, input) => total + (input.shape[axis] as number), 0);
    requireShape(
      node,
      output,
      output.shape.map((extent, i) => (i === axis ? joined : extent)),
    );
    const { outer, inner } = splitAtAxis(output.shape, axis);
    return joinParts(
      elementBytes,
      outer,
      inputs.map((input) => (input.shape[axis] as number) * inner),
    );
  },

  ...joinOperator,
};
export default operator;
