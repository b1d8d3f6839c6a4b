/** Which inputs an operator's output may share memory with. */
import { elementCount } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import type { Sharing } from '../operator.js';

/** Element-wise operators may overwrite an input that has as many elements of the same type as the output. */
export function elementwiseSharing(inputs: readonly Tensor[], output: Tensor): Sharing[] {
  return inputs.flatMap((input, slot): Sharing[] =>
    input.type === output.type && elementCount(input.shape) === elementCount(output.shape)
      ? [{ input: slot, output: 0, kind: 'overwrite' }]
      : [],
  );
}
