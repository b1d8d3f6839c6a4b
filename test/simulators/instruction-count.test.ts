import { describe, expect, it } from 'vitest';
import { ticksToInstructions } from '../../src/simulators/instruction-count.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';

const boards = loadBoards();

describe('the conversion of ticks', () => {
  it.each(
    boards
      .filter(({ counter }) => counter?.nanosecondsPerInstruction !== undefined)
      .map((board) => [board.name, board] as const),
  )('of %s is exact for every phase of the counter', (_name, board) => {
    const { hz, nanosecondsPerInstruction } = board.counter as Required<NonNullable<typeof board.counter>>;
    const readingAfter = (instructions: number) => Math.floor((instructions * nanosecondsPerInstruction * hz) / 1e9);
    for (let start = 0; start < 50; start++) {
      for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 99, 1_000_000, 1_300_000_000]) {
        const ticks = readingAfter(start + length) - readingAfter(start);
        expect(ticksToInstructions(board, ticks), `${length} from ${start}`).toBe(length);
      }
    }
  });

  it('takes a difference that went through zero', () => {
    const { board } = selectBoard(boards, 'rv32-virt');
    expect(ticksToInstructions(board, 5 - 0xffff_fffe)).toBe(7);
  });

  it('has no answer for the host', () => {
    expect(ticksToInstructions(selectBoard(boards, 'host').board, 100)).toBeUndefined();
  });
});
