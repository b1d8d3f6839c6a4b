/** What kernels declare about memory, for tests; with groups of pixels for window operators, which few kernels offer. */
import { byteLength, elementCount } from '../../src/ir/element-type.js';
import type { Graph, Operator, Tensor } from '../../src/ir/graph.js';
import type { Access, Granule, LayerAccess } from '../../src/memory/access.js';
import {
  alongLongAxis,
  elementWise,
  type WindowExtents,
  windowPixels,
  windowRows,
} from '../../src/memory/access-patterns.js';
import type { Layer } from '../../src/operators/registry.js';

const windowOperators = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'MAX_POOL_2D', 'AVERAGE_POOL_2D'];
const elementOperators = ['ADD', 'MUL', 'LOGISTIC', 'RELU', 'RELU6', 'QUANTIZE', 'DEQUANTIZE'];

/** By position in `graph.operators`. */
export function boundAccesses(layers: readonly Layer[]): LayerAccess[] {
  return layers.map((layer) => {
    const { binding } = layer.bind(['scalar']);
    return { ...binding, ...(layer.macs > 0 && { work: 3 * layer.macs }) };
  });
}

/** As `boundAccesses`, and rows and pixels of windows in pixel order, as kernels may offer them. */
export function generousAccesses(graph: Graph, layers: readonly Layer[]): LayerAccess[] {
  return boundAccesses(layers).map((bound, position) => {
    const { operator } = layers[position] as Layer;
    const window = windowOf(graph, operator);
    if (window === undefined) return bound;
    const granules = [granule('rows', 1, windowRows(window, 1, 'pixels'), 1)];
    if (window.outH > 1) granules.push(granule('rows', 2, windowRows(window, 2, 'pixels'), 1));
    for (const size of [4, 2, 1]) {
      if (size < window.outW)
        granules.push(granule('pixels', size, windowPixels(window, size, 'pixels'), 1 + 1 / size));
    }
    return { ...bound, granules: [...granules, ...bound.granules] };
  });
}

function granule(kind: Granule['kind'], size: number, access: Access, cost: number): Granule {
  return { kind, size, access, cost, scratchBytes: 0, scratchKept: false, stackBytes: 0 };
}

/**
 * The parts of an event in the order in which the layer's kernel computes them, each read before and while it is
 * written; undefined for kernels that promise nothing, or to read all before they write.
 */
export function partsOf(graph: Graph, { operator }: Layer, { scratchKept }: Granule): Access | undefined {
  if (scratchKept) return undefined;
  const window = windowOf(graph, operator);
  if (window !== undefined) return windowPixels(window, 1, 'pixels');
  if (!elementOperators.includes(operator.name)) return undefined;
  const of = (index: number) => {
    const { type, shape } = graph.tensors[index] as Tensor;
    return { bytes: byteLength(type, 1) as number, count: elementCount(shape) };
  };
  return elementWise(operator.inputs.map(of), of(operator.outputs[0] as number), 1);
}

function windowOf(graph: Graph, { name, inputs, outputs, options }: Operator): WindowExtents | undefined {
  if (!windowOperators.includes(name)) return undefined;
  const shape = (index: number | undefined) => graph.tensors[index ?? -1]?.shape ?? [];
  const [batches, inH, inW, inC] = shape(inputs[0]) as [number, number, number, number];
  const [, outH, outW, outC] = shape(outputs[0]) as [number, number, number, number];
  const filter = shape(inputs[1]);
  const number = (option: string, otherwise: number) => Number(options[option] ?? otherwise);
  const isPool = name.endsWith('POOL_2D');
  const kernelH = isPool ? number('filter_height', 1) : (filter[1] as number);
  const kernelW = isPool ? number('filter_width', 1) : (filter[2] as number);
  const [strideH, strideW] = [number('stride_h', 1), number('stride_w', 1)];
  const [dilationH, dilationW] = [number('dilation_h_factor', 1), number('dilation_w_factor', 1)];
  const before = (input: number, output: number, kernel: number, stride: number, dilation: number) =>
    options.padding === 'VALID' ? 0 : Math.max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input) >> 1;
  return alongLongAxis({
    ...{ batches, inH, inW, inC, outH, outW, outC, kernelH, kernelW, strideH, strideW, dilationH, dilationW },
    padTop: before(inH, outH, kernelH, strideH, dilationH),
    padLeft: before(inW, outW, kernelW, strideW, dilationW),
  });
}
