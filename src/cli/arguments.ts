/** Values of the options that several commands share. */
import { InvalidArgumentError } from 'commander';
import type { PixelRange } from '../inputs/bind.js';
import { parseByteCount } from '../targets/byte-count.js';

/** Seconds after which a program on a simulator is stopped. */
export const defaultTimeoutSeconds = 600;

/** A parser for options that take a whole number from `least` to `greatest`. */
export function wholeNumber(least: number, greatest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= greatest) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${greatest}.`);
  };
}

/** A size such as `65536`, `128K` or `2M`. */
export function byteCount(text: string): number {
  const bytes = parseByteCount(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError('Expected bytes, as 65536, 128K or 2M.');
}

/** A parser for `0..1`. */
export function pixelRange(text: string): PixelRange {
  const found = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Expected two numbers, as in 0..1 or -1..1.');
  return { black: Number(found[1]), white: Number(found[2]) };
}

/** A parser for a list of names, separated by commas. */
export function nameList(list: string): readonly string[] {
  return list.split(',').map((name) => name.trim());
}
