/**
 * SPLIT_V: parts of given sizes, one of which may be −1 for the rest. Raw copy of any element type; inputs are the
 * tensor, the constant sizes and the constant axis.
 */

import type { OperatorModule } from './operator.js';
import { indexTypes } from './signature.js';
import type { PreparedSplit } from './support/joining.js';
import { constantIntegers } from './support/node.js';
import { axisOperand, prepareSplit, splitInput, splitOperator, splitOutputs } from './support/splitting.js';

const operator: OperatorModule<PreparedSplit> = {
  name: 'SPLIT_V',
  operands: {
    inputs: [splitInput, { name: 'sizes', types: indexTypes, constant: true }, axisOperand],
    outputs: splitOutputs,
  },
  prepare: (node) =>
    prepareSplit(node, 0, node.input(2), (extent) => {
      const sizes = constantIntegers(node, node.input(1));
      const stated = sizes.filter((size) => size !== -1).reduce((total, size) => total + size, 0);
      return sizes.map((size) => (size === -1 ? extent - stated : size));
    }),
  ...splitOperator,
};
export default operator;
