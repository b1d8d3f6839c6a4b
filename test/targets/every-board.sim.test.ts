/** Programs for boards that nothing here can run: they build without a warning, and lie where the chip expects them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elfSegments } from '../../src/simulators/elf.js';
import { type Board, isSimulated } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { build, writeModelProject } from '../acceptance/project-on-disk.js';
import { digits } from '../support/digits.js';

const boards = loadBoards().filter((board) => !isSimulated(board));

/** The image of a UF2 file and the address of its first byte. */
function readUf2(path: string): { image: Buffer; address: number; families: Set<number> } {
  const file = readFileSync(path);
  const blocks = Array.from({ length: file.length / 512 }, (_, i) => file.subarray(512 * i, 512 * (i + 1)));
  for (const block of blocks) {
    expect([block.readUInt32LE(0), block.readUInt32LE(4), block.readUInt32LE(508)]).toEqual([
      0x0a324655, 0x9e5d5157, 0x0ab16f30,
    ]);
  }
  return {
    image: Buffer.concat(blocks.map((block) => block.subarray(32, 32 + block.readUInt32LE(16)))),
    address: blocks[0]?.readUInt32LE(12) ?? 0,
    families: new Set(blocks.map((block) => block.readUInt32LE(28))),
  };
}

function expectInsideMemory(board: Board, elf: Buffer): void {
  for (const { physicalAddress, bytes } of elfSegments(elf)) {
    const region = board.memory.find(
      ({ origin, bytes: size }) => physicalAddress >= origin && physicalAddress + bytes.length <= origin + size,
    );
    expect(region?.kind, `segment at 0x${physicalAddress.toString(16)}`).toBe('flash');
  }
}

describe.concurrent.each(boards.map((board) => [board.name, board] as const))('%s', (name, board) => {
  it('gets a program without a warning, and images of it', async () => {
    const folder = writeModelProject(digits.bytes, 'digits', name);
    await build(folder, 'make', 'EXTRA_CFLAGS=-Werror', 'firmware.elf', 'images', 'size');
    expectInsideMemory(board, readFileSync(join(folder, 'firmware.elf')));
    const binary = readFileSync(join(folder, 'firmware.bin'));
    expect(existsSync(join(folder, 'firmware.hex'))).toBe(true);
    if (board.uf2Family === undefined) return;
    const { image, address, families } = readUf2(join(folder, 'firmware.uf2'));
    expect([...families]).toEqual([board.uf2Family]);
    expect(address).toBe(board.memory.find((region) => region.name === 'flash')?.origin);
    expect(image.subarray(0, binary.length).equals(binary)).toBe(true);
  });
});
