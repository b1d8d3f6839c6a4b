/** Reads GNU ld's link map: what takes how much flash and RAM. */

export interface FlashUse {
  /** The whole firmware image: vectors, start-up, board support, application and model. */
  readonly total: number;
  /** Constants of the model. */
  readonly weights: number;
  /** Code of the model, kernels included. */
  readonly code: number;
}

/** Output sections that occupy flash; `.data` lies there until start-up copies it. */
const flashSections = new Set(['.vectors', '.text', '.rodata', '.ARM.exidx', '.data']);

/** Flash use from the text of a map whose model has the C prefix `name`. */
export function parseMap(map: string, name: string): FlashUse {
  const start = map.indexOf('Linker script and memory map');
  const body = start < 0 ? map : map.slice(start);
  let total = 0;
  for (const [, section, size] of body.matchAll(/^(\.[\w.]+)[ \n]+0x[0-9a-f]+ +0x([0-9a-f]+)/gm)) {
    if (flashSections.has(section as string)) total += Number.parseInt(size as string, 16);
  }
  let weights = 0;
  let code = 0;
  const input = /^ (\.(?:text|rodata)[\w.$-]*)[ \n]+0x[0-9a-f]+ +0x([0-9a-f]+) (\S+)$/gm;
  for (const [, , size, object] of body.matchAll(input)) {
    const bytes = Number.parseInt(size as string, 16);
    if (object?.endsWith(`model/${name}-data.o`)) weights += bytes;
    else if (object?.endsWith(`model/${name}.o`)) code += bytes;
  }
  return { total, weights, code };
}
