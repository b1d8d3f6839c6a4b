/** What kernels of sliding windows share: parameters in C, and pointers to the input rows of an output row. */

import type { Granule } from '../../memory/access.js';
import { alongLongAxis, windowPixels, windowRows } from '../../memory/access-patterns.js';
import type { Window } from '../../operators/support/window.js';
import { type Emitter, granule } from '../kernel.js';

/** What a kernel needs to read its input rows through pointers, so that the rows may lie anywhere. */
export interface RowPointers {
  /** C declaration of the array `rows`. */
  readonly declaration: string;
  /** Its size where pointers have 4 bytes. */
  readonly stackBytes: number;
}

/** Pointers to `count` input rows; room for at least one, because C has no empty arrays. */
export function rowPointers(count: number): RowPointers {
  const room = Math.max(1, count);
  return { declaration: `const int8_t *rows[${room}];`, stackBytes: 4 * room };
}

/** Initialisers of a kernel's `modelc_window`, the member `window` of its parameters. */
export function windowFields(window: Window): Record<string, number> {
  return {
    'window.batches': window.batches,
    'window.in_h': window.inH,
    'window.in_w': window.inW,
    'window.in_c': window.inC,
    'window.out_h': window.outH,
    'window.out_w': window.outW,
    'window.out_c': window.outC,
    'window.kernel_h': window.kernelH,
    'window.kernel_w': window.kernelW,
    'window.stride_h': window.strideH,
    'window.stride_w': window.strideW,
    'window.dilation_h': window.dilationH,
    'window.dilation_w': window.dilationW,
    'window.pad_top': window.padTop,
    'window.pad_left': window.padLeft,
  };
}

/** Rows that a 1×1 convolution may take together where they are narrow, so that pixels are computed in pairs. */
const joinedRows = [8, 5, 4, 3, 2];
const narrowRow = 4;

/**
 * The ways to see the image of a convolution, fastest first. A 1×1 convolution without stride or padding does not see
 * rows: one long row leaves no odd pixel at each row's end, and several narrow rows are one.
 */
export function rowsOfImage(window: Window): readonly Window[] {
  const { batches, inH, inW, outH, outW, kernelH, kernelW, strideH, strideW } = window;
  const isEvery = outH === inH && outW === inW && kernelH * kernelW * strideH * strideW === 1;
  if (!isEvery || batches * inH * inW === 0) return [window];
  const joined = (rows: number): Window => {
    const height = (batches * inH) / rows;
    return { ...window, batches: 1, inH: height, inW: rows * inW, outH: height, outW: rows * inW };
  };
  const narrow = inW < narrowRow ? joinedRows.filter((rows) => (batches * inH) % rows === 0) : [];
  return [joined(batches * inH), ...narrow.map(joined), window];
}

/** Granules of one kernel that see the same tensors as images of different extents. */
export interface WindowVariants {
  /** Preferred first. */
  readonly granules: readonly Granule[];
  windowOf(granule: Granule): Window;
}

/** Granules of one kernel that see the same tensors as images of different extents. */
export interface WindowVariants {
  /** Preferred first. */
  readonly granules: readonly Granule[];
  windowOf(granule: Granule): Window;
}

/** One output row for each event; an image of one row is computed whole. */
export function windowGranule(window: Window, needs: Partial<Granule>): Granule {
  const access = windowRows(window);
  return granule(access.events === 1 ? 'whole' : 'rows', access, needs);
}

/**
 * A granule of rows for each of `windows`, which name the same pixels, and for the last one seen with its long axis as
 * rows when it has one row only; those that are alike are offered once. Then one of pixels. `rowRoom` is how many row
 * pointers a window needs.
 */
export function windowVariants(
  windows: readonly Window[],
  rowRoom: (window: Window) => number,
  pixelCost: number,
): WindowVariants {
  const last = windows.at(-1) as Window;
  // with one kernel row, filters are the same bytes seen along the other axis
  const all = last.kernelH === 1 ? [...windows, alongLongAxis(last)] : windows;
  const windowOf = new Map<Granule, Window>();
  const seen = new Set<string>();
  for (const window of all) {
    const key = JSON.stringify(window);
    if (seen.has(key)) continue;
    seen.add(key);
    const access = windowRows(window);
    const kind = access.events === 1 ? 'whole' : 'rows';
    const { stackBytes } = rowPointers(rowRoom(window));
    windowOf.set(granule(kind, access, { stackBytes, cost: windowOf.size === 0 ? 1 : rowCost(window) }), window);
  }
  if (last.outH * last.outW > 1) {
    const stackBytes = rowPointers(last.kernelH * last.kernelW).stackBytes;
    windowOf.set(granule('pixels', windowPixels(last, 1, 'pixels'), { stackBytes, cost: pixelCost }), last);
  }
  return {
    granules: [...windowOf.keys()],
    windowOf: (granule) => {
      const window = windowOf.get(granule);
      if (window === undefined) throw new Error('the granule is not one of this kernel');
      return window;
    },
  };
}

/** Instructions by rows of this width, relative to rows without end: neighbouring pixels share loads. */
function rowCost({ outW }: Window): number {
  if (outW === 1) return 1.4;
  return outW < 8 ? 1.03 : 1.01;
}

/** Declares `taps` and fills it with the pixels under the output pixel of the event. */
export function emitTaps(emitter: Emitter, parameters: string, { kernelH, kernelW }: Window): string {
  return `const int8_t *taps[${Math.max(1, kernelH * kernelW)}];
modelc_window_taps(&${parameters}.window, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${emitter.event}, taps);`;
}

/**
 * One output row of a convolution: collects the input rows and calls the row kernel. `parameters` names the struct
 * whose member `window` is; `call` gets the kernel's row arguments and the output row.
 */
export function emitWindowRow(
  emitter: Emitter,
  parameters: string,
  window: Window,
  call: (rows: string, out: string) => string,
): string {
  const { batches, inH, outH, kernelH, strideH, padTop } = window;
  const { event } = emitter;
  const isInside = padTop === 0 && (outH - 1) * strideH + (kernelH - 1) * window.dilationH < inH;
  if (kernelH === 1 && isInside && (batches === 1 || (strideH === 1 && inH === outH))) {
    // the one row is always inside the image; compilers do not see that through a loop
    const row = strideH === 1 || event === '0' ? event : `${event} * ${strideH}`;
    return `const int8_t *const rows[1] = { ${emitter.inputUnit(0, row)} };
${call('rows, 0, 1', emitter.outputUnit(0, event))}`;
  }
  if (isInside) {
    return `${rowPointers(kernelH).declaration}
modelc_window_inner_rows(&${parameters}.window, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${event}, rows);
${call(`rows, 0, ${kernelH}`, emitter.outputUnit(0, event))}`;
  }
  return `${rowPointers(kernelH).declaration}
int32_t begin;
int32_t end;
modelc_window_rows(&${parameters}.window, ${emitter.input(0)}, ${emitter.inputRing(0)}, ${event}, rows, &begin, &end);
${call('rows, begin, end', emitter.outputUnit(0, event))}`;
}
