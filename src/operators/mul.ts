/** MUL: element-wise product with broadcasting. int8. */
import { type Mul, mulS8 } from '../kernels/mul-s8.js';
import type { OperatorModule } from './operator.js';
import { forEachBroadcast, prepareBroadcast } from './support/broadcast.js';
import { clamp, multiplyByQuantizedMultiplier } from './support/fixed-point.js';
import { activationRange, perTensor, requantization } from './support/quantization.js';

const operator: OperatorModule<Mul> = {
  name: 'MUL',
  operands: {
    inputs: [
      { name: 'a', types: ['int8'] },
      { name: 'b', types: ['int8'] },
    ],
    outputs: [{ name: 'output', types: ['int8'] }],
  },

  prepare(node) {
    const tensors = [node.input(0), node.input(1), node.output(0)] as const;
    const [a, b, y] = [perTensor(node, tensors[0]), perTensor(node, tensors[1]), perTensor(node, tensors[2])] as const;
    return {
      loop: prepareBroadcast(node, [tensors[0], tensors[1]], tensors[2]),
      zeroPoints: [a.zeroPoint, b.zeroPoint, y.zeroPoint],
      output: requantization(node, (a.scale * b.scale) / y.scale),
      range: activationRange(node, y),
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

  kernels: [mulS8],
};
export default operator;
