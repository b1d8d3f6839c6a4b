/** CRC-32 as in zlib and Ethernet (reflected polynomial 0xEDB88320, initial and final value 0xFFFFFFFF). */
const table = new Int32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Unsigned CRC-32 of `bytes`. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = (table[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

/** Eight lower-case hex digits, the form used in reports and file names. */
export function formatCrc32(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
