/** Constant arrays as C text. */
import type { TensorData } from '../ir/element-type.js';

const lineWidth = 116;

/** Elements of the C array that holds `values`: at least one, because C has no empty arrays. */
export function arrayLength(values: TensorData): number {
  return Math.max(1, values.length);
}

/** The initialiser's numbers, wrapped and indented; exact for every type. A zero for an empty array. */
export function arrayElements(values: TensorData): string {
  if (values.length === 0) return '    0,';
  const lines: string[] = [];
  let line = '   ';
  for (const value of values) {
    const text = ` ${element(value, values)},`;
    if (line.length + text.length > lineWidth) {
      lines.push(line);
      line = '   ';
    }
    line += text;
  }
  lines.push(line);
  return lines.join('\n');
}

function element(value: number | bigint, values: TensorData): string {
  if (typeof value === 'bigint') {
    return value === -(2n ** 63n) ? 'INT64_MIN' : `INT64_C(${value})`;
  }
  if (values instanceof Float32Array) return `${value.toExponential(8)}f`;
  return value === -0x80000000 ? 'INT32_MIN' : String(value);
}
