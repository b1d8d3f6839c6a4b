/** From ticks of a board's time base to executed instructions. */
import type { Board } from '../targets/board.js';

/**
 * Instructions executed between two readings of `board_ticks()` that differ by `ticks` (modulo 2^bits), in a run that
 * counted instructions. Exact: one instruction is either exactly one tick or more than the rounding of two readings.
 *
 * @returns undefined if the board cannot count.
 */
export function ticksToInstructions(board: Board, ticks: number): number | undefined {
  const { hz, nanosecondsPerInstruction, bits } = board.counter ?? {};
  if (hz === undefined || bits === undefined || nanosecondsPerInstruction === undefined) return undefined;
  const elapsed = ticks < 0 ? ticks + 2 ** bits : ticks;
  return Math.round((elapsed * 1e9) / (hz * nanosecondsPerInstruction));
}
