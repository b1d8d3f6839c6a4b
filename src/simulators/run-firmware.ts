/** Runs a built program on its board's simulator. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ModelcError } from '../errors.js';
import { type Board, type BoardSelection, isSimulated } from '../targets/board.js';
import { runInQemu, runNatively } from './processes.js';
import { runOnRp2040 } from './rp2040.js';
import type { RunOptions, RunResult } from './run-result.js';

/** The same selection. @throws ModelcError `usage/board` when modelc cannot run programs for its board */
export function requireSimulator(selection: BoardSelection): BoardSelection {
  if (isSimulated(selection.board)) return selection;
  throw noSimulator(selection.board);
}

/** What to do on a board that this machine cannot imitate. */
function noSimulator({ name, run }: Board): ModelcError {
  const onBoard = run === undefined ? 'flash it and read the console' : '`make run` puts it on the board';
  return new ModelcError({
    code: 'usage/board',
    message: `Board "${name}" has no simulator that modelc can run.`,
    remedy: `Run the firmware of \`modelc build\` on the board (${onBoard}), or choose a simulated board with the same processor.`,
    place: {},
  });
}

/**
 * Runs the ELF file until it ends, faults or exceeds the timeout; what the program does is in the result, and
 * requireCompletion turns faults and timeouts into errors. No simulator is left running.
 *
 * @throws ModelcError `device/simulator-missing`, or `usage/file` if program or folder does not exist
 */
export async function runFirmware(board: Board, elfPath: string, options: RunOptions): Promise<RunResult> {
  for (const path of [elfPath, options.cwd]) {
    if (!existsSync(path)) {
      throw new ModelcError({
        code: 'usage/file',
        message: 'does not exist.',
        remedy: 'Build the program first.',
        place: { file: path },
      });
    }
  }
  const program = resolve(elfPath);
  const { simulator } = board;
  switch (simulator.kind) {
    case 'native':
      return runNatively(board, program, options);
    case 'qemu':
      return runInQemu(board, simulator, program, options);
    case 'rp2040js':
      return runOnRp2040(board, program, options);
    case 'none':
      throw noSimulator(board);
  }
}
