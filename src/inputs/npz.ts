/** NumPy's `.npz` files: a ZIP archive of `.npy` files, stored or deflated. */
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { inputError, type NumericArray } from './array.js';
import { readNpy } from './npy.js';

/** All arrays of one archive, unpacked; a small file can claim any size. */
const maximumBytes = 1024 ** 3;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The arrays by name, in the file's order. @throws ModelcError `usage/file` */
export function readNpz(bytes: Uint8Array): ReadonlyMap<string, NumericArray> {
  let total = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!name.endsWith('.npy')) return false;
    total += originalSize;
    if (total <= maximumBytes) return true;
    throw inputError(`Its arrays have more than ${maximumBytes} bytes.`, 'Save fewer samples, and codes as int8.');
  };
  let entries: Readonly<Record<string, Uint8Array>>;
  try {
    entries = unzipSync(bytes, { filter: wanted });
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelcError') throw error;
    throw inputError(`This is no .npz archive: ${(error as Error).message}.`, 'Save it again with numpy.savez.');
  }
  return new Map(Object.entries(entries).map(([name, file]) => [name.replace(/\.npy$/, ''), readNpy(file)]));
}
