/** SPLIT: equal parts along a constant axis. Raw copy of any element type; inputs are the axis and the tensor. */
import type { OperatorModule } from './operator.js';
import type { PreparedSplit } from './support/joining.js';
import { prepareSplit, splitOperator } from './support/splitting.js';

const operator: OperatorModule<PreparedSplit> = {
  name: 'SPLIT',
  prepare: (node) =>
    prepareSplit(node, 1, node.input(0), (extent) =>
      new Array<number>(node.outputCount).fill(extent / node.outputCount),
    ),
  ...splitOperator,
};
export default operator;
