/** SHAPE: the extents of a tensor as int32. Known at compile time, so its readers see a constant. */
import { copyConstant } from '../kernels/copy.js';
import type { OperatorModule } from './operator.js';
import { movableTypes } from './support/movement.js';
import { requireShape } from './support/node.js';

const operator: OperatorModule<{ readonly values: Int32Array; readonly what: string }> = {
  name: 'SHAPE',
  traits: { readsShapesOnly: true },
  operands: {
    inputs: [{ name: 'input', types: movableTypes }],
    outputs: [{ name: 'output', types: ['int32'] }],
  },
  prepare(node) {
    const output = node.output(0);
    const extents = Int32Array.from(node.input(0).shape);
    requireShape(node, output, [extents.length]);
    return { values: extents, what: 'the extents' };
  },
  evaluate({ values }, _, [output]) {
    (output as Int32Array).set(values);
  },
  kernels: [copyConstant],
};
export default operator;
