/** Random STRIDED_SLICE: strides of both signs, indices outside the tensor, every begin, end and shrink mask. */
import type { Random } from '../support/random.js';
import { GraphBuilder } from './support/graph-builder.js';
import { movedValues, randomMovedType } from './support/movement-cases.js';
import type { OperatorCases } from './support/operator-case.js';
import { between, oneIn, randomInferences, randomShape } from './support/random-tensors.js';

interface AxisSlice {
  readonly begin: number;
  readonly end: number;
  readonly stride: number;
  readonly maskBegin: boolean;
  readonly maskEnd: boolean;
  readonly shrink: boolean;
  /** Elements selected: counted one by one, as NumPy's slices do. */
  readonly count: number;
}

function randomAxisSlice(random: Random, extent: number): AxisSlice {
  if (oneIn(random, 5)) {
    const begin = between(random, -extent, extent - 1);
    // TFLite Micro ignores the end of a dimension it drops
    return {
      begin,
      end: between(random, -extent, extent),
      stride: 1,
      maskBegin: false,
      maskEnd: oneIn(random, 4),
      shrink: true,
      count: 1,
    };
  }
  for (;;) {
    const stride = random.pick([1, 1, 2, 3, -1, -2, -3]);
    const begin = between(random, -extent - 2, extent + 2);
    const end = between(random, -extent - 2, extent + 2);
    const maskBegin = oneIn(random, 4);
    const maskEnd = oneIn(random, 4);
    const low = stride > 0 ? 0 : -1;
    const high = stride > 0 ? extent : extent - 1;
    const wrap = (index: number) => Math.min(Math.max(index < 0 ? index + extent : index, low), high);
    const start = maskBegin ? (stride > 0 ? 0 : extent - 1) : wrap(begin);
    const stop = maskEnd ? (stride > 0 ? extent : -1) : wrap(end);
    let count = 0;
    for (let i = start; stride > 0 ? i < stop : i > stop; i += stride) count++;
    if (count > 0) return { begin, end, stride, maskBegin, maskEnd, shrink: false, count };
  }
}

const cases: OperatorCases = {
  operator: 'STRIDED_SLICE',
  generate(random) {
    const builder = new GraphBuilder();
    const values = movedValues(random, randomMovedType(random, 'STRIDED_SLICE'));
    const shape = randomShape(random, between(random, 1, 4), 6);
    const axes = shape.map((extent) => randomAxisSlice(random, extent));
    const input = builder.input({ ...values, shape });
    const kept = axes.filter(({ shrink }) => !shrink).map(({ count }) => count);
    const bits = (key: 'maskBegin' | 'maskEnd' | 'shrink') =>
      axes.reduce((mask, slice, axis) => mask | (slice[key] ? 1 << axis : 0), 0);
    const lists = (['begin', 'end', 'stride'] as const).map((key) => builder.integers(axes.map((slice) => slice[key])));
    const output = builder.tensor({ ...values, shape: kept });
    builder.operator('STRIDED_SLICE', [input, ...lists], [output], {
      begin_mask: bits('maskBegin'),
      end_mask: bits('maskEnd'),
      shrink_axis_mask: bits('shrink'),
    });
    const graph = builder.build([output]);
    return { graph, inferences: randomInferences(random, graph, 1) };
  },
};
export default cases;
