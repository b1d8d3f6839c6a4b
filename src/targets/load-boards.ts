/** Reads board descriptions from disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelcError } from '../errors.js';
import { type Board, type BoardSelection, parseBoard, selectBoard } from './board.js';

/** The `boards/` folder of this package: descriptions, and the C files and linker scripts they name. */
export const boardsDirectory = fileURLToPath(new URL('../../boards', import.meta.url));

/** A folder with a `board.json` that describes no board, and what is wrong with it. */
export interface BrokenBoard {
  readonly name: string;
  readonly error: ModelcError;
}

/** What there is to choose from. A description that is wrong spoils only its own board. */
export interface BoardCatalogue {
  readonly boards: readonly Board[];
  readonly broken: readonly BrokenBoard[];
}

/**
 * The boards below several folders, in alphabetical order; of two with one name, that of the folder named first. A
 * folder that does not exist has no boards.
 */
export function findBoards(directories: readonly string[]): BoardCatalogue {
  const found = new Map<string, Board | ModelcError>();
  for (const directory of directories) {
    for (const name of boardFolders(directory)) if (!found.has(name)) found.set(name, tryBoard(join(directory, name)));
  }
  const named = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    boards: named.flatMap(([, board]) => (board instanceof ModelcError ? [] : [board])),
    broken: named.flatMap(([name, error]) => (error instanceof ModelcError ? [{ name, error }] : [])),
  };
}

function boardFolders(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).filter((name) => existsSync(join(directory, name, 'board.json')));
}

function tryBoard(directory: string): Board | ModelcError {
  try {
    return loadBoard(directory);
  } catch (error) {
    if (error instanceof ModelcError) return error;
    throw error;
  }
}

/** Folders in which the boards of the user's project lie: `boards/`, and the folder itself for one with a single board. */
export function ownBoardFolders(directory: string): readonly string[] {
  return [join(directory, 'boards'), directory];
}

/** All boards of the folder in alphabetical order. @throws ModelcError `usage/board` when one is broken */
export function loadBoards(directory: string = boardsDirectory): readonly Board[] {
  const { boards, broken } = findBoards([directory]);
  if (broken.length > 0) throw new ModelcError(broken.flatMap(({ error }) => error.problems));
  return boards;
}

/**
 * What `<board>` or `<board>:<toolchain>` names, where the board is a name in the catalogue or the path of a
 * `board.json` or of its folder: a path has a slash, or ends in `.json`.
 *
 * @throws ModelcError `usage/board`: there is no such board, or its description is wrong
 */
export function resolveBoard({ boards, broken }: BoardCatalogue, selector: string): BoardSelection {
  const [, path, toolchain = ''] = /^(.*[/\\].*?|.*\.json)(:[a-z0-9-]+)?$/.exec(selector) ?? [];
  if (path !== undefined) {
    const board = loadBoard(basename(path) === 'board.json' ? dirname(resolve(path)) : resolve(path));
    return selectBoard([board], `${board.name}${toolchain}`);
  }
  const spoiled = broken.find(({ name }) => name === selector.split(':')[0]);
  if (spoiled !== undefined) throw spoiled.error;
  return selectBoard(boards, selector);
}

/** The board whose `board.json` lies in the given folder; the folder's name is the board's. */
export function loadBoard(directory: string): Board {
  const path = join(directory, 'board.json');
  const name = basename(directory);
  return parseBoard(readJson(path), name, displayPath(path), (own) => readText(join(directory, own), path));
}

/** A board of the package by its place in the package, any other by its path. */
function displayPath(path: string): string {
  return path.startsWith(boardsDirectory) ? `boards${path.slice(boardsDirectory.length)}` : path;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ModelcError({
      code: 'usage/board',
      message: `${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}: ${(error as Error).message}.`,
      remedy: 'A board is a folder with a board.json; boards/README.md describes it.',
      place: { file: path },
    });
  }
}

function readText(path: string, description: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ModelcError({
      code: 'usage/board',
      message: `A file it names cannot be read: ${(error as Error).message}.`,
      remedy: 'Put the file beside the board.json, or correct the name.',
      place: { file: description },
    });
  }
}
