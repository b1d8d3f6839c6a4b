import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { findOverflow } from '../../src/verify/build-project.js';
import { boardFit, codeBytesEstimate } from '../../src/verify/fit.js';
import { digits } from '../support/digits.js';

const { board } = selectBoard(loadBoards(), 'microbit');
const flashBytes = 256 * 1024;

describe('boardFit', () => {
  const compiled = compileModel(digits.bytes);
  const code = codeBytesEstimate(compiled);

  it('tells whether there is room for code beside the constants', () => {
    const room = (constantBytes: number) => {
      const { hasRoomForCode, problems } = boardFit(compiled, constantBytes, board);
      return [hasRoomForCode, problems.map((problem) => problem.code)];
    };
    expect(room(flashBytes - code)).toEqual([true, []]);
    expect(room(flashBytes - code + 1)).toEqual([false, []]);
    expect(room(flashBytes)).toEqual([false, []]);
    expect(room(flashBytes + 1)).toEqual([false, ['fit/flash']]);
  });

  it('estimates more code than the example takes on any board', () => {
    // docs/benchmarks.md: at most 6,650 bytes of model code, and 2,012 of start-up and example
    expect(code).toBeGreaterThan(6650 + 2012);
  });
});

describe('findOverflow', () => {
  it.each([
    ["ld: region `FLASH' overflowed by 1432 bytes", { region: 'flash', bytes: 1432 }],
    ["ld: region `RAM' overflowed by 8 bytes\nld: region `FLASH' overflowed by 4 bytes", { region: 'ram', bytes: 8 }],
    [
      "ld: address 0x40598 of firmware.elf section `.text' is not within region `FLASH'",
      { region: 'flash', bytes: 0x598 },
    ],
    [
      "ld: address 0x40008 of f section `.text' is not within region `FLASH'\nld: address 0x40598 of f section `.ARM.exidx' is not within region `FLASH'",
      { region: 'flash', bytes: 0x598 },
    ],
    ['main.c:3: error: expected ;', undefined],
    ["ld: address 0x10 of f section `.x' is not within region `ELSEWHERE'", undefined],
  ])('reads %j', (output, overflow) => {
    expect(findOverflow(output, board)).toEqual(overflow);
  });
});
