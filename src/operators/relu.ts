/** RELU as an operator of its own, with requantisation. int8. */
import type { OperatorModule } from './operator.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { int8Operands, lookupOperator, type PreparedLookup, prepareLookup } from './support/lookup-table.js';
import { int8Range, perTensor, requantization } from './support/quantization.js';

const operator: OperatorModule<PreparedLookup> = {
  name: 'RELU',
  operands: int8Operands,
  // y = clamp(MBQM(q − zx) + zy, zy, 127)
  prepare(node) {
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
