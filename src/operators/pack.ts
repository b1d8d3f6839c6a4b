/** PACK: tensors of equal shape stacked along a new axis. Raw copy of any element type. */

import type { OperatorModule } from './operator.js';
import { like } from './signature.js';
import { joinOperator, joinParts, type PreparedJoin } from './support/joining.js';
import { elementBytes, moved, splitAtAxis } from './support/movement.js';
import { normalizeAxis, numberOption, requireShape } from './support/node.js';

const operator: OperatorModule<PreparedJoin> = {
  name: 'PACK',
  operands: {
    inputs: [{ ...moved('values', ['int8', 'int16', 'int32', 'float32', 'int64']), repeated: true }],
    outputs: [{ name: 'output', types: like('values') }],
  },

  prepare(node) {
    const output = node.output(0);
    const inputs = Array.from({ length: node.inputCount }, (_, slot) => node.input(slot));
    const shape = node.input(0).shape;
    const axis = normalizeAxis(node, numberOption(node, 'axis', 0), shape.length + 1, node.input(0));
    for (const input of inputs) requireShape(node, input, shape);
    requireShape(node, output, [...shape.slice(0, axis), inputs.length, ...shape.slice(axis)]);
    const { outer, inner } = splitAtAxis(output.shape, axis);
    return joinParts(
      elementBytes(output),
      outer,
      inputs.map(() => inner),
    );
  },

  ...joinOperator,
};
export default operator;
