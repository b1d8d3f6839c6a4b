/** Operators that only rename dimensions: the output is the input's memory under another shape. */
import { type ElementType, elementCount } from '../../ir/element-type.js';
import { type Copy, copy } from '../../kernels/copy.js';
import type { OperatorModule } from '../operator.js';
import { like, type Operand } from '../signature.js';
import { elementBytes, moved } from './movement.js';

/**
 * TFLM copies raw bytes and takes the shape from the stored output tensor; so does this. `types` are those TFLM takes,
 * `others` the inputs behind the tensor, whose values do not count.
 */
export function reshapeOperator(
  name: string,
  types: readonly ElementType[],
  others: readonly Operand[] = [],
): OperatorModule<Copy> {
  return {
    name,
    traits: { renames: true },
    operands: {
      inputs: [moved('input', types), ...others],
      outputs: [{ name: 'output', types: like('input') }],
    },
    prepare(node) {
      const input = node.input(0);
      const output = node.output(0);
      const count = elementCount(input.shape);
      if (count !== elementCount(output.shape)) {
        node.fail(
          'model/shape',
          `[${input.shape}] and [${output.shape}] have different numbers of elements.`,
          'Convert the model again with static shapes.',
          output,
        );
      }
      return { bytes: count * elementBytes(input) };
    },
    evaluate(_, [input], [output]) {
      output?.set(input as never);
    },
    channels: () => ({ relation: 'each', steps: 0, reach: ([input = []]) => input }),
    kernels: [copy],
  };
}
