/** What generated comments say about tensors and layers. */
import type { Graph, Tensor } from '../ir/graph.js';
import type { Layer } from '../operators/registry.js';
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
  const options = Object.entries(operator.options)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  return [
    `Layer ${index}: ${operator.name}${operator.index === index ? '' : ` (operator ${operator.index} of the file)`}${macs > 0 ? `, ${macs} MACs` : ''}`,
    ...(options === '' ? [] : [commentText(options)]),
    ...operator.inputs.map((input) => line(' in ', input)),
    ...operator.outputs.map((output) => line(' out', output)),
  ];
}
