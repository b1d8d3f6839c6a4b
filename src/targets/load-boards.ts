/** Reads board descriptions from disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelcError } from '../errors.js';
import { type Board, parseBoard } from './board.js';

/** The `boards/` folder of this package: descriptions, and the C files and linker scripts they name. */
export const boardsDirectory = fileURLToPath(new URL('../../boards', import.meta.url));

/** All boards of the folder in alphabetical order. @throws ModelcError `usage/board` */
export function loadBoards(directory: string = boardsDirectory): readonly Board[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'board.json')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => loadBoard(join(directory, name)));
}

/** The board whose `board.json` lies in the given folder; the folder's name is the board's. */
export function loadBoard(directory: string): Board {
  const path = join(directory, 'board.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ModelcError({
      code: 'usage/board',
      message: `${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}: ${(error as Error).message}.`,
      remedy: 'A board is a folder with a board.json; boards/README.md describes it.',
      place: { file: path },
    });
  }
  return parseBoard(json, basename(directory));
}
