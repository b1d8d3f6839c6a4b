/** Small pieces of C that several operators emit. */

/** `static const TYPE NAME = { .field = value, … };` with one field per line, in the order given. */
export function constantStruct(type: string, name: string, fields: Readonly<Record<string, number>>): string {
  const body = Object.entries(fields).map(([field, value]) => `    .${field} = ${integer(value)},`);
  return `static const ${type} ${name} = {\n${body.join('\n')}\n};`;
}

/** A C integer constant expression for an int32 value; −2^31 has no literal of its own in C. */
export function integer(value: number): string {
  return value === -0x80000000 ? '(-2147483647 - 1)' : String(value);
}

/** Initialisers of a kernel's `modelc_window`, the member `window` of its parameters. */
export function windowFields(window: Readonly<Record<WindowField, number>>): Record<string, number> {
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
type WindowField =
  | 'batches'
  | 'inH'
  | 'inW'
  | 'inC'
  | 'outH'
  | 'outW'
  | 'outC'
  | 'kernelH'
  | 'kernelW'
  | 'strideH'
  | 'strideW'
  | 'dilationH'
  | 'dilationW'
  | 'padTop'
  | 'padLeft';

/** A C float constant that reads back as exactly this float32: nine significant digits identify every float32. */
export function floatLiteral(value: number): string {
  return `${value.toExponential(8)}f`;
}
