/** SHAPE: the extents of a tensor as int32. Known at compile time, so its readers see a constant. */
import type { OperatorModule } from './operator.js';
import { requireShape, requireType } from './support/node.js';

const operator: OperatorModule<{ readonly extents: Int32Array }> = {
  name: 'SHAPE',
  traits: { readsShapesOnly: true },
  prepare(node) {
    const output = node.output(0);
    const extents = Int32Array.from(node.input(0).shape);
    requireType(node, output, ['int32']);
    requireShape(node, output, [extents.length]);
    return { extents };
  },
  evaluate({ extents }, _, [output]) {
    (output as Int32Array).set(extents);
  },
  emit({ extents }, emitter) {
    emitter.header('modelc_move.h');
    const values = emitter.constant({ name: 'extents', cType: 'int32_t', values: extents, comment: 'the extents' });
    return `modelc_copy(${emitter.output(0)}, ${values}, ${extents.byteLength});`;
  },
};
export default operator;
