/** Sizes as people write them. Loads nothing else: options of the command line are read with it. */
const byteUnits: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 * 1024 };

/** The last address of 32 bits. */
export const maximumAddress = 0xffff_ffff;

/** Bytes of a text such as `"264K"`; undefined when it is no size. */
export function parseByteCount(text: string): number | undefined {
  if (!/^[1-9]\d{0,9}[KM]?$/.test(text)) return undefined;
  const bytes = Number.parseInt(text, 10) * (byteUnits[text.replace(/\d/g, '')] as number);
  return bytes <= maximumAddress + 1 ? bytes : undefined;
}
