import { crc32, formatCrc32 } from '../ir/crc32.js';
import type { EmittedLayer } from './layers.js';

/** Kernel headers the layers need, with the headers those include, sorted. */
export function headerClosure(layers: readonly EmittedLayer[], runtime: ReadonlyMap<string, string>): string[] {
  const wanted = new Set(layers.flatMap(({ headers }) => headers));
  for (const file of wanted) {
    const text = runtime.get(file);
    if (text === undefined) throw new Error(`kernel header ${file} is missing`);
    for (const match of text.matchAll(/^#include "(modelc_[a-z0-9_]+\.h)"/gm)) wanted.add(match[1] as string);
  }
  return [...wanted].sort();
}

/**
 * A kernel header whose include guard has the checksum of its text as value, so that a model can tell whether it got the
 * kernels it was generated with, or those of another version in another model's folder.
 */
export function stampKernel(file: string, text: string) {
  const guard = file.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const definition = `#ifndef ${guard}\n#define ${guard}\n`;
  if (text.split(definition).length !== 2) throw new Error(`kernel header ${file} has no include guard ${guard}`);
  const stamp = `0x${formatCrc32(crc32(new TextEncoder().encode(text)))}u`;
  return { file, guard, stamp, text: text.replace(definition, `#ifndef ${guard}\n#define ${guard} ${stamp}\n`) };
}
