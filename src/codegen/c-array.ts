/** Constant arrays as C text. */
import { type TensorData, toBytes } from '../ir/element-type.js';

const lineWidth = 116;

/** Elements of the C array that holds `values`: at least one, because C has no empty arrays. */
export function arrayLength(values: TensorData): number {
  return Math.max(1, values.length);
}

/**
 * Bytes from which an array is written as a string literal. Compilers read one as a whole, where each number of a list
 * takes them some hundred bytes and instructions: 8 MB are 1 s and 130 MB for GCC 12 instead of 11 s and 800 MB.
 */
const literalBytes = 16_384;

/** Whether `arrayInitializer` writes a string literal. */
export function isLiteral(values: TensorData): boolean {
  return values.BYTES_PER_ELEMENT === 1 && values.length >= literalBytes;
}

/** What stands behind the `=` of a definition; exact for every type. */
export function arrayInitializer(values: TensorData): string {
  return isLiteral(values) ? stringLiteral(toBytes(values)) : `{\n${arrayElements(values)}\n}`;
}

/** The numbers, wrapped and indented. A zero for an empty array. */
function arrayElements(values: TensorData): string {
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

const bytesPerLine = 32;
const [quote, newline, backslash, zero] = [0x22, 0x0a, 0x5c, 0x30];

/** Octal digits of a byte: as few as there may be, all three when a digit follows. */
function octal(byte: number, isDigitNext: boolean): number[] {
  const digits = byte.toString(8);
  return [backslash, ...Array.from(isDigitNext ? digits.padStart(3, '0') : digits, (digit) => zero + Number(digit))];
}

/** Characters that mean themselves in a C string: printable, but neither quote nor backslash, nor part of a trigraph. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== quote && byte !== backslash && byte !== 0x3f;
}

const escapes = Array.from({ length: 256 }, (_, byte) => (isPlain(byte) ? [byte] : octal(byte, false)));
const escapesBeforeDigit = Array.from({ length: 256 }, (_, byte) => (isPlain(byte) ? [byte] : octal(byte, true)));

/** Bytes that are turned into text at once. */
const pieceBytes = 64 * bytesPerLine;

/** The bytes as one string literal in lines of 32. */
function stringLiteral(bytes: Uint8Array): string {
  const room = new Uint8Array((4 * bytesPerLine + 7) * (pieceBytes / bytesPerLine));
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const end = writeLines(bytes, start, Math.min(start + pieceBytes, bytes.length), room);
    pieces.push(decoder.decode(room.subarray(0, end)));
  }
  return pieces.join('').trimEnd();
}

/** Writes the lines of the bytes [start, stop) to `text`; returns how long they are. */
function writeLines(bytes: Uint8Array, start: number, stop: number, text: Uint8Array): number {
  let end = 0;
  for (let first = start; first < stop; first += bytesPerLine) {
    const last = Math.min(first + bytesPerLine, stop) - 1;
    for (let i = 0; i < 4; i++) text[end++] = 0x20;
    text[end++] = quote;
    for (let i = first; i <= last; i++) {
      const next = i < last ? (bytes[i + 1] as number) : 0;
      const written = (next >= 0x30 && next <= 0x39 ? escapesBeforeDigit : escapes)[bytes[i] as number] as number[];
      for (let j = 0; j < written.length; j++) text[end++] = written[j] as number;
    }
    text[end++] = quote;
    text[end++] = newline;
  }
  return end;
}

function element(value: number | bigint, values: TensorData): string {
  if (typeof value === 'bigint') {
    return value === -(2n ** 63n) ? 'INT64_MIN' : `INT64_C(${value})`;
  }
  if (values instanceof Float32Array) return `${value.toExponential(8)}f`;
  return value === -0x80000000 ? 'INT32_MIN' : String(value);
}
