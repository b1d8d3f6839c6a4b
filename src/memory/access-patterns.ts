/** The ways in which kernels walk through memory. A kernel declares its accesses with these. */
import { type Access, emptySpan, type Span } from './access.js';

/** Forbids any overlap of a write with what its event reads. */
export const noOverlap = Number.POSITIVE_INFINITY;

/**
 * How a kernel orders reads and writes inside an event.
 * `atomic`: the first write may come before the last read.
 * `pixels`: output pixels ascend; the taps of a pixel are read before and while it is written, never afterwards.
 */
export type WindowOrder = 'atomic' | 'pixels';

/** The extents of a sliding window over NHWC tensors that its accesses depend on. */
export interface WindowExtents {
  readonly batches: number;
  readonly inH: number;
  readonly inW: number;
  readonly inC: number;
  readonly outH: number;
  readonly outW: number;
  readonly outC: number;
  readonly kernelH: number;
  readonly kernelW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** Bytes of an element of the input and of the output. */
export interface ElementBytes {
  readonly input: number;
  readonly output: number;
}

const int8: ElementBytes = { input: 1, output: 1 };

/** A whole tensor at once: any kernel. `overlap` as in `Access`, by input and output. */
export function wholeAccess(
  inputBytes: readonly number[],
  outputBytes: readonly number[],
  overlap: (input: number, output: number) => number = () => noOverlap,
): Access {
  return {
    events: 1,
    read: (input) => ({ begin: 0, end: at(inputBytes, input) }),
    write: (output) => ({ begin: 0, end: at(outputBytes, output) }),
    overlap: (input, output, reverse) => (reverse ? noOverlap : overlap(input, output)),
    readUnit: (input) => at(inputBytes, input),
    writeUnit: (output) => at(outputBytes, output),
    reversible: true,
  };
}

/**
 * A window operator, `rows` output rows per event, batch by batch; the last event of a batch may have fewer. Slot 0 is
 * the only input in the arena.
 */
export function windowRows(
  window: WindowExtents,
  rows = 1,
  order: WindowOrder = 'atomic',
  bytes: ElementBytes = int8,
): Access {
  const { batches, inH, outH, outW } = window;
  const inRow = window.inW * window.inC * bytes.input;
  const outRow = outW * window.outC * bytes.output;
  const perBatch = Math.max(1, Math.ceil(outH / rows));
  const locate = (event: number) => {
    const [batch, group] = [Math.floor(event / perBatch), event % perBatch];
    return { batch, first: group * rows, end: Math.min(outH, (group + 1) * rows) };
  };
  const access: Access = {
    events: Math.max(1, batches * perBatch),
    read(_, event) {
      const { batch, first, end } = locate(event);
      const { begin, end: last } = tapRange(window, 'H', first, end);
      return last <= begin ? emptySpan : { begin: (batch * inH + begin) * inRow, end: (batch * inH + last) * inRow };
    },
    write(_, event) {
      const { batch, first, end } = locate(event);
      return { begin: (batch * outH + first) * outRow, end: (batch * outH + end) * outRow };
    },
    overlap: (_, __, reverse) => (reverse || order === 'atomic' ? noOverlap : lead()),
    readUnit: () => inRow,
    writeUnit: () => outRow,
    reversible: true,
  };
  const lead = once(() => leadOf(access, windowPixels(window, 1, 'pixels', bytes)));
  return access;
}

/** A window operator, `pixels` output pixels per event, row by row; the last event of a row may have fewer. */
export function windowPixels(
  window: WindowExtents,
  pixels = 1,
  order: WindowOrder = 'atomic',
  bytes: ElementBytes = int8,
): Access {
  const { batches, inH, inW, outH, outW } = window;
  const inPixel = window.inC * bytes.input;
  const outPixel = window.outC * bytes.output;
  const perRow = Math.max(1, Math.ceil(outW / pixels));
  const locate = (event: number) => {
    const [row, group] = [Math.floor(event / perRow), event % perRow];
    return {
      batch: Math.floor(row / outH),
      y: row % outH,
      first: group * pixels,
      end: Math.min(outW, (group + 1) * pixels),
    };
  };
  const access: Access = {
    events: Math.max(1, batches * outH * perRow),
    read(_, event) {
      const { batch, y, first, end } = locate(event);
      const rows = tapRange(window, 'H', y, y + 1);
      const columns = tapRange(window, 'W', first, end);
      if (rows.end <= rows.begin || columns.end <= columns.begin) return emptySpan;
      const origin = batch * inH * inW;
      return {
        begin: (origin + rows.begin * inW + columns.begin) * inPixel,
        end: (origin + (rows.end - 1) * inW + columns.end) * inPixel,
      };
    },
    write(_, event) {
      const { batch, y, first, end } = locate(event);
      const row = (batch * outH + y) * outW;
      return { begin: (row + first) * outPixel, end: (row + end) * outPixel };
    },
    overlap: (_, __, reverse) => (reverse || order === 'atomic' ? noOverlap : lead()),
    readUnit: () => inPixel,
    writeUnit: () => outPixel,
    reversible: true,
  };
  const lead = once(() => leadOf(access, pixels === 1 ? access : windowPixels(window, 1, order, bytes)));
  return access;
}

/**
 * The same bytes seen with the long axis as rows: an image of one row is an image of one column. Unchanged when there
 * are rows to begin with.
 */
export function alongLongAxis<W extends WindowExtents>(window: W): W {
  if (window.inH !== 1 || window.outH !== 1 || window.inW === 1) return window;
  const { inH, inW, outH, outW, kernelH, kernelW, strideH, strideW, dilationH, dilationW, padTop, padLeft } = window;
  return {
    ...window,
    ...{ inH: inW, inW: inH, outH: outW, outW: outH, kernelH: kernelW, kernelW: kernelH },
    ...{
      strideH: strideW,
      strideW: strideH,
      dilationH: dilationW,
      dilationW: dilationH,
      padTop: padLeft,
      padLeft: padTop,
    },
  };
}

/** How an element-wise kernel reads one of its inputs. */
export interface ElementInput {
  /** Bytes of an element. */
  readonly bytes: number;
  /** Elements of the tensor; read completely by every event unless it has as many as the output. */
  readonly count: number;
}

/**
 * An operator that computes output element i from element i of its inputs, in ascending order, `chunk` elements per
 * event (a row or several).
 */
export function elementWise(
  inputs: readonly (ElementInput | undefined)[],
  output: ElementInput,
  chunk: number = output.count,
): Access {
  const { count, bytes: outBytes } = output;
  const events = Math.max(1, Math.ceil(count / Math.max(1, chunk)));
  const range = (event: number) => ({ first: event * chunk, end: Math.min(count, (event + 1) * chunk) });
  const inputOf = (slot: number) => at(inputs, slot) as ElementInput;
  return {
    events,
    read(slot, event) {
      const input = inputOf(slot);
      if (input.count !== count) return { begin: 0, end: input.count * input.bytes };
      const { first, end } = range(event);
      return { begin: first * input.bytes, end: end * input.bytes };
    },
    write(_, event) {
      const { first, end } = range(event);
      return { begin: first * outBytes, end: end * outBytes };
    },
    overlap(slot, _, reverse) {
      const input = inputOf(slot);
      if (input.count !== count || reverse) return noOverlap;
      // After element i, (i + 1)·out bytes are written and the next read is (i + 1)·in: linear in i, so an end decides.
      const growth = outBytes - input.bytes;
      return Math.max(growth, growth * Math.min(chunk, count));
    },
    readUnit(slot) {
      const input = inputOf(slot);
      return input.count === count ? chunk * input.bytes : input.count * input.bytes;
    },
    writeUnit: () => chunk * outBytes,
    reversible: true,
  };
}

/**
 * One output row per event, each from one span of the input, both in ascending order: PAD, STRIDED_SLICE, SOFTMAX,
 * TRANSPOSE of inner axes. `read` gives the bytes behind output row `row`.
 */
export function rowMover(
  rows: number,
  rowBytes: number,
  read: (row: number) => Span,
  pieces: { readonly input: number; readonly output?: number },
  overlap: (reverse: boolean) => number = () => noOverlap,
): Access {
  return {
    events: Math.max(1, rows),
    read: (_, event) => (rows === 0 ? emptySpan : read(event)),
    write: (_, event) => ({ begin: event * rowBytes, end: Math.min(rows, event + 1) * rowBytes }),
    overlap: (_, __, reverse) => overlap(reverse),
    readUnit: () => pieces.input,
    writeUnit: () => pieces.output ?? rowBytes,
    reversible: true,
  };
}

/**
 * An input consumed in spans of `rowBytes` that are summed in scratch; the output comes with the last: global pools,
 * MEAN, FULLY_CONNECTED. The last span is read before anything is written.
 */
export function accumulatedRows(inputBytes: number, rowBytes: number, outputBytes: number): Access {
  const events = Math.max(1, Math.ceil(inputBytes / Math.max(1, rowBytes)));
  const lastBytes = inputBytes - (events - 1) * rowBytes;
  return {
    events,
    read: (_, event) => ({ begin: event * rowBytes, end: Math.min(inputBytes, (event + 1) * rowBytes) }),
    write: (_, event, reverse) => (event === (reverse ? 0 : events - 1) ? { begin: 0, end: outputBytes } : emptySpan),
    overlap: (_, __, reverse) => outputBytes - (reverse ? Math.min(rowBytes, inputBytes) : lastBytes),
    readUnit: () => rowBytes,
    writeUnit: () => outputBytes,
    reversible: true,
  };
}

/**
 * CONCATENATION and PACK: event r copies block r of each input side by side. `blockBytes` are the bytes that each input
 * gives to one of `blocks` output blocks.
 */
export function concatenatedBlocks(blocks: number, blockBytes: readonly (number | undefined)[]): Access {
  const outBlock = blockBytes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  return {
    events: Math.max(1, blocks),
    read: (input, event) => block(event, Math.min(1, blocks), at(blockBytes, input) ?? 0),
    write: (_, event) => block(event, Math.min(1, blocks), outBlock),
    overlap: () => noOverlap,
    readUnit: (input) => at(blockBytes, input) ?? 0,
    writeUnit: () => outBlock,
    reversible: true,
  };
}

/**
 * CONCATENATION along the outermost axis that differs: the inputs follow one another whole, and each is copied in rows
 * of `rowBytes`.
 */
export function concatenatedRows(inputBytes: readonly number[], rowBytes: number): Access {
  const events: { readonly input: number; readonly read: Span; readonly write: Span }[] = [];
  let start = 0;
  inputBytes.forEach((bytes, input) => {
    for (let begin = 0; begin < bytes; begin += rowBytes) {
      const end = Math.min(bytes, begin + rowBytes);
      events.push({ input, read: { begin, end }, write: { begin: start + begin, end: start + end } });
    }
    start += bytes;
  });
  return {
    events: Math.max(1, events.length),
    read: (input, event) => (events[event]?.input === input ? (events[event]?.read ?? emptySpan) : emptySpan),
    write: (_, event) => events[event]?.write ?? emptySpan,
    overlap: () => noOverlap,
    readUnit: () => rowBytes,
    writeUnit: () => rowBytes,
    reversible: true,
  };
}

/** SPLIT and UNPACK: event r cuts block r of the input into `blockBytes`, one part for each output. */
export function splitBlocks(blocks: number, blockBytes: readonly number[]): Access {
  const inBlock = blockBytes.reduce((sum, bytes) => sum + bytes, 0);
  return {
    events: Math.max(1, blocks),
    read: (_, event) => block(event, Math.min(1, blocks), inBlock),
    write: (output, event) => block(event, Math.min(1, blocks), at(blockBytes, output)),
    overlap: () => noOverlap,
    readUnit: () => inBlock,
    writeUnit: (output) => at(blockBytes, output),
    reversible: true,
  };
}

function block(index: number, count: number, bytes: number): Span {
  return { begin: index * bytes, end: (index + count) * bytes };
}

/** Input rows (columns) inside the image that output rows (columns) [first, end) read. */
function tapRange(window: WindowExtents, axis: 'H' | 'W', first: number, end: number): Span {
  const [extent, kernel, stride, dilation, pad] =
    axis === 'H'
      ? [window.inH, window.kernelH, window.strideH, window.dilationH, window.padTop]
      : [window.inW, window.kernelW, window.strideW, window.dilationW, window.padLeft];
  if (end <= first) return emptySpan;
  // With dilation taps skip rows: the first and the last that lie inside
  const low = first * stride - pad;
  const high = (end - 1) * stride - pad + (kernel - 1) * dilation;
  if (end - first > 1) return { begin: Math.max(0, low), end: Math.min(extent, high + 1) };
  const begin = low >= 0 ? low : low + Math.ceil(-low / dilation) * dilation;
  const last = high < extent ? high : high - Math.ceil((high - extent + 1) / dilation) * dilation;
  return last < begin ? emptySpan : { begin, end: last + 1 };
}

/**
 * S of a kernel whose events run the events of `fine` in order, each reading while it writes: the furthest that what
 * has been written can get ahead of what is still to be read, both counted from where the coarse event starts.
 */
function leadOf(coarse: Access, fine: Access): number {
  let lead = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (let event = 0; event < coarse.events; event++) {
    const write = coarse.write(0, event, false);
    const read = coarse.read(0, event);
    const group: { readonly written: number; readonly first: number }[] = [];
    for (; next < fine.events; next++) {
      const written = fine.write(0, next, false);
      if (written.end > write.end) break;
      const taps = fine.read(0, next);
      group.push({
        written: written.end - write.begin,
        first: taps.end > taps.begin ? taps.begin - read.begin : Number.POSITIVE_INFINITY,
      });
    }
    let needed = Number.POSITIVE_INFINITY;
    for (const { written, first } of group.reverse()) {
      needed = Math.min(needed, first);
      lead = Math.max(lead, written - needed);
    }
  }
  // Without any reads there is nothing to keep away from; the event's own bytes are a safe, finite answer
  return Number.isFinite(lead) ? lead : noOverlap;
}

function once(compute: () => number): () => number {
  let value: number | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}

function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError(`slot ${index} of ${list.length}`);
  return list[index] as T;
}
