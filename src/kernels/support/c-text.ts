/** Small pieces of C that several kernels emit. */

/** `static const TYPE NAME = { .field = value, … };` with one field per line, in the order given. */
export function constantStruct(type: string, name: string, fields: Readonly<Record<string, number>>): string {
  const body = Object.entries(fields).map(([field, value]) => `    .${field} = ${integer(value)},`);
  return `static const ${type} ${name} = {\n${body.join('\n')}\n};`;
}

/** A C integer constant expression for an int32 value; −2^31 has no literal of its own in C. */
export function integer(value: number): string {
  return value === -0x80000000 ? '(-2147483647 - 1)' : String(value);
}

/** A C float constant that reads back as exactly this float32: nine significant digits identify every float32. */
export function floatLiteral(value: number): string {
  return `${value.toExponential(8)}f`;
}
