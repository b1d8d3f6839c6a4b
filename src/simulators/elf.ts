/** The loadable contents of a 32-bit little-endian ELF executable. */

export interface ElfSegment {
  /** Address at which the bytes are stored before the program starts (flash, also for initialised data). */
  readonly physicalAddress: number;
  readonly bytes: Uint8Array;
}

const magic = 0x464c457f;
const class32 = 1;
const littleEndian = 1;
const headerBytes = 52;
const programHeaderBytes = 32;
const loadable = 1;

/** @throws Error that says why the bytes are no such executable; nothing outside `file` is read. */
export function elfSegments(file: Uint8Array): readonly ElfSegment[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < headerBytes || view.getUint32(0, true) !== magic) throw new Error('not an ELF file');
  if (file[4] !== class32 || file[5] !== littleEndian) throw new Error('not a 32-bit little-endian ELF file');

  const tableOffset = view.getUint32(28, true);
  const entryBytes = view.getUint16(42, true);
  const entries = view.getUint16(44, true);
  if (entryBytes < programHeaderBytes || tableOffset + entries * entryBytes > file.byteLength) {
    throw new Error('the ELF file is cut off in its program headers');
  }

  const segments: ElfSegment[] = [];
  for (let index = 0; index < entries; index++) {
    const header = tableOffset + index * entryBytes;
    const offset = view.getUint32(header + 4, true);
    const bytes = view.getUint32(header + 16, true);
    if (view.getUint32(header, true) !== loadable || bytes === 0) continue;
    if (offset + bytes > file.byteLength) throw new Error('the ELF file is cut off in a segment');
    segments.push({
      physicalAddress: view.getUint32(header + 12, true),
      bytes: file.subarray(offset, offset + bytes),
    });
  }
  return segments;
}
