/** MUL: element-wise product with broadcasting. int8. */
import type { OperatorModule, Sharing } from './operator.js';
import { type Broadcast, broadcastFields, forEachBroadcast, prepareBroadcast } from './support/broadcast.js';
import { constantStruct } from './support/c-text.js';
import { clamp, multiplyByQuantizedMultiplier, type QuantizedMultiplier } from './support/fixed-point.js';
import { requireType } from './support/node.js';
import { activationRange, perTensor, type Range, requantization } from './support/quantization.js';
import { elementwiseSharing } from './support/sharing.js';

interface Prepared {
  readonly loop: Broadcast;
  readonly zeroPoints: readonly [number, number, number];
  readonly output: QuantizedMultiplier;
  readonly range: Range;
  readonly sharing: readonly Sharing[];
}

const operator: OperatorModule<Prepared> = {
  name: 'MUL',

  prepare(node) {
    const tensors = [node.input(0), node.input(1), node.output(0)] as const;
    for (const tensor of tensors) requireType(node, tensor, ['int8']);
    const [a, b, y] = [perTensor(node, tensors[0]), perTensor(node, tensors[1]), perTensor(node, tensors[2])] as const;
    return {
      loop: prepareBroadcast(node, [tensors[0], tensors[1]], tensors[2]),
      zeroPoints: [a.zeroPoint, b.zeroPoint, y.zeroPoint],
      output: requantization(node, (a.scale * b.scale) / y.scale),
      range: activationRange(node, y),
      sharing: elementwiseSharing(tensors.slice(0, 2), tensors[2]),
    };
  },

  // y = clamp(MBQM((a − za)·(b − zb)) + zy)
  evaluate({ loop, zeroPoints: [za, zb, zy], output: my, range }, [inputA, inputB], [output]) {
    const a = inputA as Int8Array;
    const b = inputB as Int8Array;
    const y = output as Int8Array;
    forEachBroadcast(loop, (index, ia, ib) => {
      const product = ((a[ia] as number) - za) * ((b[ib] as number) - zb);
      y[index] = clamp(multiplyByQuantizedMultiplier(product, my.multiplier, my.shift) + zy, range.min, range.max);
    });
  },

  memory({ sharing }) {
    return { sharing };
  },

  emit({ loop, zeroPoints: [za, zb, zy], output: my, range }, emitter) {
    emitter.header('modelc_mul_s8.h');
    const parameters = constantStruct('modelc_mul_s8', 'mul', {
      ...broadcastFields(loop),
      'in_zero[0]': za,
      'in_zero[1]': zb,
      out_multiplier: my.multiplier,
      out_right_shift: -my.shift,
      out_zero: zy,
      out_min: range.min,
      out_max: range.max,
    });
    return `${parameters}
modelc_mul_s8_layer(&mul, ${emitter.input(0)}, ${emitter.input(1)}, ${emitter.output(0)});`;
  },
};
export default operator;
