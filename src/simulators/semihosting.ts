/**
 * The development machine's side of Arm semihosting: the file and exit services that board programs use. A simulator
 * calls it when the program executes the semihosting breakpoint.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** The simulated memory, as far as services need it. Addresses outside memory throw. */
export interface GuestMemory {
  readWord(address: number): number;
  read(address: number, bytes: number): Uint8Array;
  write(address: number, bytes: Uint8Array): void;
}

/** Either the value for the program's result register, or the end of the program. */
export type ServiceOutcome = { readonly result: number } | { readonly exitCode: number };

export interface SemihostingServices {
  /** @throws Error for an operation that is not served */
  call(operation: number, argument: number, memory: GuestMemory): ServiceOutcome;
  /** Closes what the program left open. */
  close(): void;
}

const operations = {
  open: 0x01,
  close: 0x02,
  write0: 0x04,
  write: 0x05,
  read: 0x06,
  seek: 0x0a,
  flen: 0x0c,
  exit: 0x18,
  exitExtended: 0x20,
} as const;

const applicationExit = 0x20026;
const failed = -1;
/** fopen modes by number: r, rb, r+, r+b, w, … */
const openFlags = ['r', 'r', 'r+', 'r+', 'w', 'w', 'w+', 'w+', 'a', 'a', 'a+', 'a+'] as const;
/** A path that is longer than this is a mistake of the program. */
const maximumPathBytes = 4096;

interface OpenFile {
  readonly descriptor: number;
  position: number;
}

/**
 * Serves files below `directory` only; a path that leads out of it cannot be opened.
 *
 * @param writeText receives what the program writes with SYS_WRITE0
 */
export function createSemihosting(directory: string, writeText: (text: string) => void): SemihostingServices {
  const files = new Map<number, OpenFile>();
  let nextHandle = 1;

  function open(path: string, mode: number): number {
    const flags = openFlags[mode];
    const fromRoot = relative(directory, resolve(directory, path));
    if (flags === undefined || path === '' || fromRoot === '' || fromRoot.startsWith('..')) return failed;
    try {
      files.set(nextHandle, { descriptor: openSync(resolve(directory, path), flags), position: 0 });
      return nextHandle++;
    } catch {
      return failed;
    }
  }

  function close(handle: number): number {
    const file = files.get(handle);
    if (file === undefined) return failed;
    files.delete(handle);
    closeSync(file.descriptor);
    return 0;
  }

  /** @returns number of bytes not written */
  function write(handle: number, bytes: Uint8Array): number {
    const file = files.get(handle);
    if (file === undefined) return bytes.length;
    const written = writeSync(file.descriptor, bytes, 0, bytes.length, file.position);
    file.position += written;
    return bytes.length - written;
  }

  /** @returns number of bytes not read */
  function read(handle: number, address: number, bytes: number, memory: GuestMemory): number {
    const file = files.get(handle);
    if (file === undefined) return bytes;
    const available = Math.max(0, fstatSync(file.descriptor).size - file.position);
    const buffer = new Uint8Array(Math.min(bytes, available));
    const done = readSync(file.descriptor, buffer, 0, buffer.length, file.position);
    memory.write(address, buffer.subarray(0, done));
    file.position += done;
    return bytes - done;
  }

  function seek(handle: number, position: number): number {
    const file = files.get(handle);
    if (file === undefined) return failed;
    file.position = position;
    return 0;
  }

  function length(handle: number): number {
    const file = files.get(handle);
    return file === undefined ? failed : fstatSync(file.descriptor).size;
  }

  return {
    call(operation, argument, memory) {
      const word = (index: number) => memory.readWord(argument + 4 * index);
      switch (operation) {
        case operations.open: {
          const path = word(2) <= maximumPathBytes ? new TextDecoder().decode(memory.read(word(0), word(2))) : '';
          return { result: open(path, word(1)) };
        }
        case operations.close:
          return { result: close(word(0)) };
        case operations.write0:
          writeText(textAt(argument, memory));
          return { result: 0 };
        case operations.write:
          return { result: write(word(0), memory.read(word(1), word(2))) };
        case operations.read:
          return { result: read(word(0), word(1), word(2), memory) };
        case operations.seek:
          return { result: seek(word(0), word(1)) };
        case operations.flen:
          return { result: length(word(0)) };
        case operations.exit:
          return { exitCode: argument === applicationExit ? 0 : 1 };
        case operations.exitExtended:
          return { exitCode: word(0) === applicationExit ? word(1) & 0xff : 1 };
        default:
          throw new Error(`semihosting operation 0x${operation.toString(16)} is not served`);
      }
    },
    close() {
      for (const handle of [...files.keys()]) close(handle);
    },
  };
}

function textAt(address: number, memory: GuestMemory): string {
  const characters: number[] = [];
  for (let next = address; ; next++) {
    const [character = 0] = memory.read(next, 1);
    if (character === 0) return new TextDecoder().decode(Uint8Array.from(characters));
    characters.push(character);
  }
}
