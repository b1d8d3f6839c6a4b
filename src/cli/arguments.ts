/** Meaning of the arguments that several commands share. */
import { InvalidArgumentError } from 'commander';
import type { Edges, PrepareOptions } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { passes } from '../passes/passes.js';
import { type Board, type BoardSelection, parseByteCount } from '../targets/board.js';
import { type BoardCatalogue, resolveBoard } from '../targets/load-boards.js';

/** Seconds after which a program on a simulator is stopped. */
export const defaultTimeoutSeconds = 600;

/** A parser for options that take a whole number from `least` to `greatest`. */
export function wholeNumber(least: number, greatest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= greatest) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${greatest}.`);
  };
}

/** A size such as `65536`, `128K` or `2M`. */
export function byteCount(text: string): number {
  const bytes = parseByteCount(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError('Expected bytes, as 65536, 128K or 2M.');
}

/**
 * What `--board a,b:clang` names, each once.
 *
 * @param everyToolchain whether a board without toolchain stands for all it has, instead of the first
 * @throws ModelcError `usage/board`, `usage/argument`
 */
export function selectBoards(boards: BoardCatalogue, list: string, everyToolchain: boolean): readonly BoardSelection[] {
  const selectors = list.split(',').map((text) => text.trim());
  if (selectors.some((selector) => selector === '')) {
    throw new ModelcError({
      code: 'usage/argument',
      message: `"${list}" is no list of boards.`,
      remedy: 'Separate board names by single commas: --board host,mps2-an386.',
      place: {},
    });
  }
  const selections = selectors.flatMap((selector) => {
    const selection = resolveBoard(boards, selector);
    if (!everyToolchain || /:[a-z0-9-]+$/.test(selector)) return [selection];
    return selection.board.toolchains.map((toolchain) => ({ board: selection.board, toolchain }));
  });
  const names = selections.map(selectionName);
  return selections.filter((_, i) => names.indexOf(names[i] as string) === i);
}

/** The boards of a list, each once, whatever toolchains it names. @throws ModelcError as selectBoards */
export function boardsNamed(boards: BoardCatalogue, list: string): readonly Board[] {
  return [...new Set(selectBoards(boards, list, false).map(({ board }) => board))];
}

/** `host:clang` */
export function selectionName({ board, toolchain }: BoardSelection): string {
  return `${board.name}:${toolchain.name}`;
}

/** Options of every command that compiles a model. */
export interface ModelArguments {
  readonly edges?: Edges;
  readonly skipPass?: readonly string[];
}

export function compileOptions({ edges = 'file', skipPass = [] }: ModelArguments): PrepareOptions {
  return { edges, skipPasses: skipPass };
}

/** A parser for a list of passes, separated by commas. */
export function passNames(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  const known = passes.map(({ name }) => name);
  if (names.every((name) => known.includes(name))) return names;
  throw new InvalidArgumentError(`The passes are ${known.join(', ')}.`);
}
