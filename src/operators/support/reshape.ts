/** Operators that only rename dimensions: the output is the input's memory under another shape. */
import { computedTypes, type ElementType, elementCount } from '../../ir/element-type.js';
import { type Copy, copy } from '../../kernels/copy.js';
import type { OperatorModule } from '../operator.js';
import { requireMovable } from './movement.js';
import { requireType } from './node.js';

/** TFLM copies raw bytes and takes the shape from the stored output tensor; so does this. */
export function reshapeOperator(name: string, types: readonly ElementType[] = computedTypes): OperatorModule<Copy> {
  return {
    name,
    traits: { renames: true },
    prepare(node) {
      const input = node.input(0);
      const output = node.output(0);
      requireType(node, input, types);
      const elementBytes = requireMovable(node, input, output);
      const count = elementCount(input.shape);
      if (count !== elementCount(output.shape)) {
        node.fail(
          'model/shape',
          `[${input.shape}] and [${output.shape}] have different numbers of elements.`,
          'Convert the model again with static shapes.',
          output,
        );
      }
      return { bytes: count * elementBytes };
    },
    evaluate(_, [input], [output]) {
      output?.set(input as never);
    },
    channels: () => ({ relation: 'each', steps: 0, reach: ([input = []]) => input }),
    kernels: [copy],
  };
}
