/** What generated comments say about tensors and layers. */
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import type { Layer } from '../operators/registry.js';
import { defaultOptions } from '../tflite/options.js';
import { commentText } from './names.js';

/** `int8 [1,49,10,1] scale 0.58 zero point 83`, `int8 … 64 scales along axis 0` for per-channel tensors. */
export function describeTensor({ type, shape, quantization }: Tensor): string {
  const base = `${type} [${shape.join(',')}]`;
  if (quantization === undefined) return base;
  const { scales, zeroPoints, axis } = quantization;
  if (scales.length > 1) return `${base} ${scales.length} scales along axis ${axis}`;
  return `${base} scale ${Number((scales[0] as number).toPrecision(7))} zero point ${zeroPoints[0]}`;
}

/** The banner of the layer that runs at `index`: operator, options, inputs and outputs, a line for each. */
export function describeLayer(graph: Graph, { operator, macs }: Layer, index: number): string[] {
  const line = (role: string, tensorIndex: number) => {
    if (tensorIndex < 0) return `${role} omitted`;
    const tensor = graph.tensors[tensorIndex] as Tensor;
    const constant = tensor.data === undefined ? '' : ' constant';
    return `${role} ${tensorIndex} "${commentText(tensor.name)}"${constant} ${describeTensor(tensor)}`;
  };
  return [
    `Layer ${index}: ${operator.name}${operator.index === index ? '' : ` (operator ${operator.index} of the file)`}${macs > 0 ? `, ${macs} MACs` : ''}`,
    ...optionLines(operator),
    ...operator.inputs.map((input) => line(' in ', input)),
    ...operator.outputs.map((output) => line(' out', output)),
  ];
}

const bannerWidth = 110;
const longestOption = 80;

/** The options that are not the format's defaults, as lines of `name=value`. */
function optionLines({ name, options }: Operator): string[] {
  const defaults = defaultOptions(name);
  const stated = Object.entries(options)
    .filter(([option, value]) => String(value) !== String(defaults[option]))
    .map(([option, value]) => {
      const text = commentText(`${option}=${String(value)}`);
      return text.length > longestOption ? `${text.slice(0, longestOption - 3)}...` : text;
    });
  const lines: string[] = [];
  for (const option of stated) {
    const longer = `${lines.at(-1)} ${option}`;
    if (lines.length === 0 || longer.length > bannerWidth) lines.push(option);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
