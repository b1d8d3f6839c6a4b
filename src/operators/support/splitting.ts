/** SPLIT and SPLIT_V: one input cut into parts along an axis. Raw copy. */
import type { TensorData } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import type { Node, OperatorModule } from '../operator.js';
import { joinParts, type PreparedJoin } from './joining.js';
import { copyBlocks, copyBlocksCall, requireMovable, splitAtAxis } from './movement.js';
import { constantIntegers, normalizeAxis, requireShape } from './node.js';

/** The parts an input falls into; `extents` along the axis, one per output, must add up to the input's. */
export function prepareSplit(
  node: Node,
  input: Tensor,
  axisTensor: Tensor,
  extents: (extent: number) => readonly number[],
): PreparedJoin {
  const axes = constantIntegers(node, axisTensor);
  if (axes.length !== 1) {
    node.fail('model/invalid', `${axes.length} axes are given, one is needed.`, 'Convert the model again.', axisTensor);
  }
  const axis = normalizeAxis(node, axes[0] as number, input.shape.length, input);
  const { outer, extent, inner } = splitAtAxis(input.shape, axis);
  const lengths = extents(extent);
  if (
    lengths.length !== node.outputCount ||
    lengths.reduce((total, length) => total + length, 0) !== extent ||
    lengths.some((length) => length < 0 || !Number.isInteger(length))
  ) {
    node.fail(
      'model/shape',
      `${extent} elements along axis ${axis} cannot be split into [${lengths}] for ${node.outputCount} outputs.`,
      'Convert the model again.',
      input,
    );
  }
  const elementBytes = lengths.reduce((_, length, slot) => {
    const output = node.output(slot);
    requireShape(
      node,
      output,
      input.shape.map((size, i) => (i === axis ? length : size)),
    );
    return requireMovable(node, input, output);
  }, 0);
  return joinParts(
    elementBytes,
    outer,
    lengths.map((length) => length * inner),
  );
}

/** The parts of an operator module that follow from the preparation; `slot` is the input that is split. */
export function splitOperator(slot: number): Pick<OperatorModule<PreparedJoin>, 'evaluate' | 'emit'> {
  return {
    evaluate({ outer, parts, rowLength }, inputs, outputs) {
      parts.forEach(({ start, length }, part) => {
        copyBlocks(outputs[part] as TensorData, 0, length, inputs[slot] as TensorData, start, rowLength, length, outer);
      });
    },
    emit({ elementBytes, outer, parts, rowLength }, emitter) {
      emitter.header('modelc_move.h');
      const bytes = (elements: number) => elements * elementBytes;
      return parts
        .map(({ start, length }, part) =>
          copyBlocksCall(
            emitter.output(part),
            0,
            bytes(length),
            emitter.input(slot),
            bytes(start),
            bytes(rowLength),
            bytes(length),
            outer,
          ),
        )
        .join('\n');
    },
  };
}
