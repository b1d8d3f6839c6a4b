/** Accesses of the present operators, declared from their preparation: rows, pixels and whole tensors for each. */
import { byteLength, elementCount } from '../../src/ir/element-type.js';
import type { Graph, Tensor } from '../../src/ir/graph.js';
import type { Access, Granule, LayerAccess, Span } from '../../src/memory/access.js';
import {
  accumulatedRows,
  alongLongAxis,
  concatenatedBlocks,
  concatenatedRows,
  elementWise,
  noOverlap,
  rowMover,
  splitBlocks,
  type WindowExtents,
  wholeAccess,
  windowPixels,
  windowRows,
} from '../../src/memory/access-patterns.js';
import type { OperatorModule } from '../../src/operators/operator.js';
import { findOperator, type Layer } from '../../src/operators/registry.js';
import { createNode } from '../../src/operators/support/node.js';

const renaming = ['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS'];
const elementOperators = ['ADD', 'MUL', 'LOGISTIC', 'RELU', 'RELU6', 'QUANTIZE', 'DEQUANTIZE'];

/** What the planner may know about each layer, by position in `graph.operators`. */
export function declaredAccesses(graph: Graph, layers: readonly Layer[]): LayerAccess[] {
  return layers.map((layer) => declare(graph, layer));
}

function bytesOf({ type, shape }: Tensor): number {
  return byteLength(type, elementCount(shape)) ?? 0;
}

/** Elements of a row: the last two dimensions, or the last where there is one row of them. */
export function rowElements(shape: readonly number[]): number {
  const inner = shape.at(-1) ?? 1;
  const middle = shape.at(-2) ?? 1;
  const outer = elementCount(shape.slice(0, -2));
  return outer > 1 ? inner * middle : inner;
}

function granule(kind: Granule['kind'], size: number, access: Access, cost: number, scratch = 0): Granule {
  const kept = { scratchKept: scratch > 0, ...(scratch > 0 && { scratchOverlap: 0 }) };
  return { kind, size, access, cost, scratchBytes: scratch, stackBytes: 0, ...kept };
}

function declare(graph: Graph, { operator }: Layer): LayerAccess {
  const module = findOperator(operator.name) as OperatorModule;
  const prepared = module.prepare(createNode(graph, operator));
  const tensor = (index: number) => graph.tensors[index] as Tensor;
  const inputs = operator.inputs.map((index) => (index < 0 ? undefined : tensor(index)));
  const outputs = operator.outputs.map(tensor);
  const [input] = inputs as [Tensor];
  const [output] = outputs as [Tensor];
  const whole = wholeAccess(
    inputs.map((t) => (t === undefined ? 0 : bytesOf(t))),
    outputs.map(bytesOf),
  );
  const granules: Granule[] = [];
  let aliases: LayerAccess['aliases'];

  if (renaming.includes(operator.name)) {
    aliases = [{ input: 0, output: 0 }];
  } else if (elementOperators.includes(operator.name)) {
    const count = elementCount(output.shape);
    const of = (t: Tensor) => ({ bytes: byteLength(t.type, 1) as number, count: elementCount(t.shape) });
    const make = (chunk: number) =>
      elementWise(
        inputs.map((t) => (t === undefined ? undefined : of(t))),
        of(output),
        chunk,
      );
    if (count > 0) {
      const row = rowElements(output.shape);
      granules.push(granule('whole', 1, make(count), 1));
      if (row < count) granules.push(granule('rows', 1, make(row), 1));
      if ((output.shape.at(-1) as number) < row)
        granules.push(granule('pixels', 1, make(output.shape.at(-1) as number), 1));
    }
  } else if (['CONV_2D', 'DEPTHWISE_CONV_2D', 'AVERAGE_POOL_2D', 'MAX_POOL_2D'].includes(operator.name)) {
    const window = alongLongAxis((prepared as { window: WindowExtents }).window);
    granules.push(granule('rows', 1, windowRows(window, 1, 'pixels'), 1));
    for (const pixels of [4, 2, 1]) {
      if (pixels < window.outW)
        granules.push(granule('pixels', pixels, windowPixels(window, pixels, 'pixels'), 1 + 1 / pixels));
    }
    const isGlobal =
      window.outH * window.outW * window.batches === 1 && window.kernelH === window.inH && window.inH > 1;
    if (operator.name === 'AVERAGE_POOL_2D' && isGlobal) {
      const accumulate = (row: number) => accumulatedRows(bytesOf(input), row, bytesOf(output));
      granules.push(granule('rows', 1, accumulate(window.inW * window.inC), 1, 4 * window.outC));
      if (window.inW > 1) granules.push(granule('pixels', 1, accumulate(window.inC), 1, 4 * window.outC));
    }
  } else if (operator.name === 'MEAN') {
    const kept = elementCount(output.shape);
    const outer = elementCount(input.shape) / Math.max(1, kept);
    const reducesRows = kept === input.shape.at(-1) && outer > 1;
    if (reducesRows)
      granules.push(granule('rows', 1, accumulatedRows(bytesOf(input), rowElements(input.shape), kept), 1, 4 * kept));
  } else if (operator.name === 'FULLY_CONNECTED') {
    const { rows, depth, units } = prepared as { rows: number; depth: number; units: number };
    if (rows > 1) {
      const read = (row: number): Span => ({ begin: row * depth, end: (row + 1) * depth });
      granules.push(granule('rows', 1, rowMover(rows, units, read, { input: depth }), 1));
    } else {
      const row = producedRow(graph, operator.inputs[0] as number);
      const worth = row < depth && depth % row === 0 && depth > 4 * units;
      if (worth) granules.push(granule('rows', 1, accumulatedRows(depth, row, units), 1, 4 * units));
    }
  } else if (operator.name === 'SOFTMAX') {
    const { rows, depth } = prepared as { rows: number; depth: number };
    const read = (row: number): Span => ({ begin: row * depth, end: (row + 1) * depth });
    granules.push(
      granule(
        'rows',
        1,
        rowMover(rows, depth, read, { input: depth }, (reverse) => (reverse ? noOverlap : 0)),
        1,
      ),
    );
  } else if (operator.name === 'PAD' || operator.name === 'PADV2') {
    const access = padRows(graph, operator.inputs, output);
    if (access !== undefined) granules.push(granule('rows', 1, access, 1));
  } else if (['CONCATENATION', 'PACK'].includes(operator.name)) {
    const { outer, parts, elementBytes } = prepared as {
      outer: number;
      elementBytes: number;
      parts: readonly { length: number }[];
    };
    const bytes = parts.map(({ length }) => length * elementBytes);
    const row = rowElements(output.shape) * elementBytes;
    if (outer > 1) granules.push(granule('rows', 1, concatenatedBlocks(outer, bytes), 1));
    else if (bytes.every((part) => part % row === 0))
      granules.push(granule('rows', 1, concatenatedRows(bytes, row), 1));
    else granules.push(granule('rows', 1, concatenatedRows(bytes, Math.max(1, ...bytes)), 1));
  } else if (['SPLIT', 'SPLIT_V'].includes(operator.name)) {
    const { outer, parts, elementBytes } = prepared as {
      outer: number;
      elementBytes: number;
      parts: readonly { length: number }[];
    };
    granules.push(
      granule(
        'rows',
        1,
        splitBlocks(
          outer,
          parts.map(({ length }) => length * elementBytes),
        ),
        1,
      ),
    );
  } else if (operator.name === 'STRIDED_SLICE' || operator.name === 'TRANSPOSE') {
    const access = gatherRows(prepared as never, bytesOf(input), output);
    if (access !== undefined) granules.push(granule('rows', 1, access, 1));
  }
  const work = module.macs?.(prepared);
  const offers = [...granules, granule('whole', 1, whole, 1)];
  return { granules: offers, ...(aliases && { aliases }), ...(work !== undefined && { work }) };
}

/** Bytes of a row of whoever writes the tensor, seen through operators that rename. */
function producedRow(graph: Graph, index: number): number {
  let current = index;
  for (;;) {
    const writer = graph.operators.find(({ outputs }) => outputs.includes(current));
    if (writer === undefined || !renaming.includes(writer.name)) break;
    current = writer.inputs[0] as number;
  }
  return rowElements((graph.tensors[current] as Tensor).shape);
}

function padRows(graph: Graph, slots: readonly number[], output: Tensor): Access | undefined {
  const input = graph.tensors[slots[0] as number] as Tensor;
  const paddings = graph.tensors[slots[1] as number] as Tensor;
  if (input.shape.length !== 4 || paddings.data === undefined || elementCount(output.shape) === 0) return undefined;
  const view = new DataView(paddings.data.buffer, paddings.data.byteOffset);
  const step = paddings.type === 'int64' ? 8 : 4;
  const before = [0, 1].map((axis) => view.getInt32(2 * axis * step, true)) as [number, number];
  const size = byteLength(output.type, 1) as number;
  const [, inH, inW, inC] = input.shape as [number, number, number, number];
  const [batches, outH, outW, outC] = output.shape as [number, number, number, number];
  const inRow = inW * inC * size;
  const read = (row: number): Span => {
    const batch = Math.floor(row / outH) - before[0];
    const y = (row % outH) - before[1];
    if (batch < 0 || batch >= (input.shape[0] as number) || y < 0 || y >= inH) return { begin: 0, end: 0 };
    return { begin: (batch * inH + y) * inRow, end: (batch * inH + y + 1) * inRow };
  };
  const outRow = outW * outC * size;
  // the input row is copied first
  return rowMover(batches * outH, outRow, read, { input: inRow }, () => outRow - inRow);
}

function gatherRows(
  { gather, elementBytes }: { elementBytes: number; gather: { base: number; extents: number[]; strides: number[] } },
  inputBytes: number,
  output: Tensor,
): Access | undefined {
  const count = elementCount(output.shape);
  if (count === 0) return undefined;
  const row = rowElements(output.shape);
  const index = (element: number) => {
    let [rest, at] = [element, gather.base];
    for (let axis = gather.extents.length - 1; axis >= 0; axis--) {
      at += (rest % (gather.extents[axis] as number)) * (gather.strides[axis] as number);
      rest = Math.floor(rest / (gather.extents[axis] as number));
    }
    return at;
  };
  const spans = Array.from({ length: count / row }, (_, y): Span => {
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < row; i++) {
      const at = index(y * row + i);
      [low, high] = [Math.min(low, at), Math.max(high, at + 1)];
    }
    return { begin: low * elementBytes, end: high * elementBytes };
  });
  const isRow = spans.every(
    ({ begin, end }) => end - begin === row * elementBytes && begin % (row * elementBytes) === 0,
  );
  return rowMover(spans.length, row * elementBytes, (y) => spans[y] as Span, {
    input: isRow ? row * elementBytes : inputBytes,
  });
}
