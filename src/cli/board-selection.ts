/** Which boards and toolchains an argument names. */
import { ModelcError } from '../errors.js';
import type { Board, BoardSelection } from '../targets/board.js';
import { type BoardCatalogue, resolveBoard } from '../targets/load-boards.js';

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
