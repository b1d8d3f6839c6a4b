/** RELU as an operator of its own, with requantisation. int8. */
import type { OperatorModule } from './operator.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { lookupOperator, type PreparedLookup, prepareLookup, requireTypes } from './support/lookup-table.js';
import { int8Range, perTensor, requantization } from './support/quantization.js';

const operator: OperatorModule<PreparedLookup> = {
  name: 'RELU',
  // y = clamp(MBQM(q − zx) + zy, zy, 127)
  prepare(node) {
    requireTypes(node, ['int8']);
    const x = perTensor(node, node.input(0));
    const y = perTensor(node, node.output(0));
    const { multiplier, shift } = requantization(node, x.scale / y.scale);
    return prepareLookup(node, (code) =>
      clamp(
        multiplyByQuantizedMultiplier(code - x.zeroPoint, multiplier, shift) + y.zeroPoint,
        y.zeroPoint,
        int8Range.max,
      ),
    );
  },
  ...lookupOperator,
};
export default operator;
