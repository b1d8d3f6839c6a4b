/** SPLIT and SPLIT_V: one input cut into parts along an axis. Raw copy. */
import type { TensorData } from '../../ir/element-type.js';
import type { Tensor } from '../../ir/graph.js';
import { splitIntoBlocks } from '../../kernels/copy-blocks.js';
import type { Node, OperatorModule } from '../operator.js';
import { indexTypes, like, type Operand } from '../signature.js';
import { joinParts, type PreparedSplit } from './joining.js';
import { copyBlocks, elementBytes, moved, splitAtAxis } from './movement.js';
import { constantIntegers, normalizeAxis, requireShape } from './node.js';

export const splitInput: Operand = moved('input', ['int8', 'int16', 'int32', 'float32']);
export const axisOperand: Operand = { name: 'axis', types: indexTypes, constant: true };
export const splitOutputs: readonly Operand[] = [{ name: 'parts', types: like('input'), repeated: true }];

/** The parts into which the input at `slot` falls; `extents` along the axis, one per output, must add up to the input's. */
export function prepareSplit(
  node: Node,
  slot: number,
  axisTensor: Tensor,
  extents: (extent: number) => readonly number[],
): PreparedSplit {
  const input = node.input(slot);
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
  lengths.forEach((length, part) => {
    requireShape(
      node,
      node.output(part),
      input.shape.map((size, i) => (i === axis ? length : size)),
    );
  });
  const parts = lengths.map((length) => length * inner);
  return { input: slot, ...joinParts(elementBytes(input), outer, parts) };
}

/** The parts of an operator module that follow from the preparation. */
export const splitOperator: Pick<OperatorModule<PreparedSplit>, 'evaluate' | 'kernels'> = {
  evaluate({ input, outer, parts, rowLength }, inputs, outputs) {
    parts.forEach(({ start, length }, part) => {
      copyBlocks(outputs[part] as TensorData, 0, length, inputs[input] as TensorData, start, rowLength, length, outer);
    });
  },
  kernels: [splitIntoBlocks],
};
