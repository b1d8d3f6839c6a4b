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
