/** Accesses of a layer to memory that is not its own, as the test program found them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Stray {
  /** Which test case, counted from 0. */
  readonly case: number;
  /** Execution index of the layer; the number of layers for what runs after the last one. */
  readonly layer: number;
  /** A write, or a read that a sanitizer saw. */
  readonly access: 'write' | 'read';
  /** Where: beside the arena, or in bytes of it that no value needs and that are not the layer's to write. */
  readonly place: 'before-arena' | 'dead' | 'past-arena';
  /** First byte, counted from the start of the arena. */
  readonly offset: number;
  /** How many bytes, not all of them adjacent. */
  readonly bytes: number;
}

/** Bytes of a record in `case<N>.strays`: layer, offset, bytes and whether it was a write, as little-endian int32. */
const recordBytes = 16;

/**
 * The strays of one case in the order in which they happened, each once: a layer that strays does so in every row. An
 * incomplete record is left out.
 */
export function parseStrays(file: Uint8Array, caseIndex: number, arenaBytes: number): Stray[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const strays = Array.from({ length: Math.floor(file.length / recordBytes) }, (_, i): Stray => {
    const field = (index: number) => view.getInt32(recordBytes * i + 4 * index, true);
    const offset = field(1);
    return {
      case: caseIndex,
      layer: field(0),
      access: field(3) === 0 ? 'read' : 'write',
      place: offset < 0 ? 'before-arena' : offset >= arenaBytes ? 'past-arena' : 'dead',
      offset,
      bytes: field(2),
    };
  });
  return [...new Map(strays.map((stray) => [JSON.stringify(stray), stray])).values()];
}

/** The strays of all cases that the test program left in `directory`; most runs leave none. */
export function readStrays(directory: string, cases: number, arenaBytes: number): Stray[] {
  return Array.from({ length: cases }, (_, index) => join(directory, `case${index}.strays`)).flatMap((path, index) =>
    existsSync(path) ? parseStrays(readFileSync(path), index, arenaBytes) : [],
  );
}
