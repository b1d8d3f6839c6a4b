/** SPLIT: equal parts along a constant axis. Raw copy of any element type; inputs are the axis and the tensor. */
import type { OperatorModule } from './operator.js';
import type { PreparedSplit } from './support/joining.js';
import { axisOperand, prepareSplit, splitInput, splitOperator, splitOutputs } from './support/splitting.js';

const operator: OperatorModule<PreparedSplit> = {
  name: 'SPLIT',
  operands: {
    inputs: [axisOperand, splitInput],
    outputs: splitOutputs,
  },
  prepare: (node) =>
    prepareSplit(node, 1, node.input(0), (extent) =>
      new Array<number>(node.outputCount).fill(extent / node.outputCount),
    ),
  ...splitOperator,
};
export default operator;
