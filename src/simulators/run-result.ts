/** What a run of a program on a simulator gave, the same for every simulator. */
import { ModelcError } from '../errors.js';
import type { Board } from '../targets/board.js';

export interface RunOptions {
  /** Folder in which the program finds and leaves its files. */
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Makes `board_ticks()` count instructions: exact and repeatable, at a lower speed. */
  readonly countInstructions: boolean;
  /** Aborting it kills the program; the run then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** The program's exit status; 124 after a timeout, 128 + signal number after a signal. */
  readonly exitCode: number;
  /** The board's console. */
  readonly stdout: string;
  /** Messages of the simulator. */
  readonly stderr: string;
  readonly timedOut: boolean;
  /** One line on what went wrong, if the program did not end by itself. */
  readonly faulted?: string;
  /** Only from simulators that see every instruction. */
  readonly statistics?: RunStatistics;
}

export interface RunStatistics {
  readonly instructions: number;
  readonly cycles: number;
  readonly lowestStackPointer: number;
}

export const timeoutExitCode = 124;
/** BOARD_EXIT_FAULT in boards/common/board.h. */
export const faultExitCode = 99;

/** The line a board's fault handler wrote, if the exit status says that it ran. */
export function faultLine(exitCode: number, consoleText: string): string | undefined {
  return exitCode === faultExitCode ? /^FAULT .*$/m.exec(consoleText)?.[0].trimEnd() : undefined;
}

/**
 * Passes if the program ended by itself, with whatever exit status.
 *
 * @throws ModelcError `device/timeout` or `device/crashed`
 */
export function requireCompletion(board: Board, options: RunOptions, result: RunResult): void {
  if (result.timedOut) {
    throw new ModelcError({
      code: 'device/timeout',
      message: `The program on board "${board.name}" did not end within ${options.timeoutMs / 1000} s and was stopped.`,
      remedy: 'Raise the timeout if the model is large; otherwise look for a loop that waits for hardware.',
      place: {},
    });
  }
  if (result.faulted !== undefined) {
    throw new ModelcError({
      code: 'device/crashed',
      message: `The program on board "${board.name}" crashed: ${result.faulted}`,
      remedy:
        'Look up pc in the program with addr2line; a stack overflow needs a larger stack in the board description.',
      place: {},
    });
  }
}
