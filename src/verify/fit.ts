/** Whether a model fits a board, as far as that is known before anything is built. */
import { stackBound } from '../codegen/stack.js';
import type { Program } from '../compiler.js';
import { ModelcError, type Problem } from '../errors.js';
import { arenaAndStackCapacity, type Board, capacity } from '../targets/board.js';

export interface MemoryFit {
  /** Bytes the model needs at least. */
  readonly needed: number;
  /** Undefined on the host, whose memory is not planned. */
  readonly available?: number;
}

export interface BoardFit {
  /** The arena and the board's stack. */
  readonly ram: MemoryFit;
  /** Constants only: how large the code is, the linker knows. */
  readonly flash: MemoryFit;
  /** Whether there is room for code, as far as it can be estimated. */
  readonly hasRoomForCode: boolean;
  /** Empty when the model fits, or may fit. */
  readonly problems: readonly Problem[];
}

/**
 * Estimate of the flash that code takes, start-up and example included: more than any model of docs/benchmarks.md needs on
 * any board, which is up to 1,263 bytes for a layer.
 */
export function codeBytesEstimate({ layers }: Program): number {
  return 2500 + 1300 * layers.length;
}

/** Compares arena, stack and constants with the board's memory. */
export function boardFit(program: Program, constantBytes: number, board: Board): BoardFit {
  const { plan } = program;
  const ram = memoryFit(plan.arenaBytes + board.stackBytes, arenaAndStackCapacity(board));
  const flash = memoryFit(constantBytes, capacity(board, 'flash'));
  const problems: Problem[] = [];
  if (exceeds(ram)) {
    problems.push({
      code: 'fit/ram',
      message: arenaMessage(plan.arenaBytes, board, ram.available),
      remedy: 'Choose a board with more RAM or a model with smaller activations.',
      place: {},
    });
  }
  const stack = memoryFit(stackBound(program), ram.available === undefined ? undefined : board.stackBytes);
  if (exceeds(stack)) {
    problems.push({
      code: 'fit/ram',
      message: `The model needs up to ${stack.needed} bytes of stack; board "${board.name}" reserves ${stack.available}.`,
      remedy: 'Choose a board with a larger stack or a model whose kernels have fewer rows.',
      place: {},
    });
  }
  if (exceeds(flash)) {
    problems.push({
      code: 'fit/flash',
      message: `The model has ${constantBytes} bytes of constants; board "${board.name}" has ${flash.available} bytes of flash.`,
      remedy: 'Choose a board with more flash or a model with fewer weights.',
      place: {},
    });
  }
  const hasRoomForCode = !exceeds(memoryFit(constantBytes + codeBytesEstimate(program), flash.available));
  return { ram, flash, hasRoomForCode, problems };
}

function arenaMessage(arenaBytes: number, board: Board, available: number): string {
  const has = `The model needs an arena of ${arenaBytes} bytes; board "${board.name}" has`;
  return board.arena === 'ram'
    ? `${has} ${available} bytes of RAM, ${board.stackBytes} of them for the stack.`
    : `${has} ${available - board.stackBytes} bytes in the region "${board.arena}", which holds the arena.`;
}

/** @throws ModelcError `fit/*` with the numbers when the model does not fit */
export function requireFit(program: Program, constantBytes: number, board: Board): void {
  const { problems } = boardFit(program, constantBytes, board);
  if (problems.length > 0) throw new ModelcError(problems);
}

function memoryFit(needed: number, available: number | undefined): MemoryFit {
  return available === undefined ? { needed } : { needed, available };
}

function exceeds(fit: MemoryFit): fit is Required<MemoryFit> {
  return fit.available !== undefined && fit.needed > fit.available;
}
