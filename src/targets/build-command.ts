/** How a program for a board is compiled and linked, as plain arguments for a compiler, a Makefile or a test. */
import { type Board, baseName, type Toolchain } from './board.js';

/** Flags for all C of a project, on every board: C99, and no construct that any of these warnings knows. */
export const warningFlags = ['-std=c99', '-Wall', '-Wextra', '-Wconversion', '-Wundef'] as const;

export interface BoardFile {
  /** Path below `boards/`. */
  readonly from: string;
  /** File name in the project's board folder. */
  readonly to: string;
}

/** Everything to copy so that the board's flags find their files, in one flat folder. */
export function boardFiles(board: Board): readonly BoardFile[] {
  const script = board.linkerScript === undefined ? [] : [board.linkerScript];
  return [...board.headers, ...board.sources, ...script].map((from) => ({ from, to: baseName(from) }));
}

/** Linker flags with the linker script, which lies in `boardDirectory` as boardFiles named it. */
export function linkFlags(board: Board, toolchain: Toolchain, boardDirectory: string): readonly string[] {
  const script = board.linkerScript === undefined ? [] : ['-T', `${boardDirectory}/${baseName(board.linkerScript)}`];
  return [...toolchain.ldFlags, ...script];
}

export interface BuildRequest {
  /** Folder with the files of boardFiles. */
  readonly boardDirectory: string;
  /** The program's own C files. */
  readonly sources: readonly string[];
  readonly includeDirectories?: readonly string[];
  readonly optimization: '-O0' | '-O1' | '-O2' | '-O3' | '-Os';
  readonly extraFlags?: readonly string[];
  /** The ELF file to write. */
  readonly output: string;
}

/** One compiler call that builds the whole program. */
export function buildCommand(
  board: Board,
  toolchain: Toolchain,
  request: BuildRequest,
): { readonly command: string; readonly args: readonly string[] } {
  const boardSources = board.sources.map((source) => `${request.boardDirectory}/${baseName(source)}`);
  const includes = [request.boardDirectory, ...(request.includeDirectories ?? [])].map((directory) => `-I${directory}`);
  return {
    command: toolchain.compiler,
    args: [
      ...toolchain.cFlags,
      request.optimization,
      ...warningFlags,
      '-Werror',
      ...(request.extraFlags ?? []),
      ...includes,
      ...request.sources,
      ...boardSources,
      ...linkFlags(board, toolchain, request.boardDirectory),
      ...toolchain.libraries,
      '-o',
      request.output,
    ],
  };
}
