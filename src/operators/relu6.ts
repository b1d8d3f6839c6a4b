/** RELU6 as an operator of its own: clamps codes without requantisation, as TFLM does. int8. */
import type { OperatorModule } from './operator.js';
import { clamp } from './support/fixed-point.js';
import { int8Operands, lookupOperator, type PreparedLookup, prepareLookup } from './support/lookup-table.js';
import { int8Range, perTensor, quantizeValue } from './support/quantization.js';

const operator: OperatorModule<PreparedLookup> = {
  name: 'RELU6',
  operands: int8Operands,
  prepare(node) {
    const x = perTensor(node, node.input(0));
    const six = quantizeValue(6, x, int8Range);
    return prepareLookup(node, (code) => clamp(code, x.zeroPoint, six));
  },
  ...lookupOperator,
};
export default operator;
