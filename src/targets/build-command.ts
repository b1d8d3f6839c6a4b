/** How a program for a board is compiled and linked, as plain arguments for a compiler, a Makefile or a test. */
import { type Board, baseName, type Toolchain } from './board.js';
import { boardConfig, configHeader, memoryLayout, memoryScript } from './board-files.js';

/** Flags for all C of a project, on every board: C99, and no construct that any of these warnings knows. */
export const warningFlags = ['-std=c99', '-Wall', '-Wextra', '-Wconversion', '-Wundef'] as const;

/** A file of a project's board folder: a copy of one below `boards/`, or made from the description. */
export type BoardFile = { readonly to: string } & ({ readonly from: string } | { readonly text: string });

/** Everything a project's board folder needs, so that the board's flags find their files; the folder is flat. */
export function boardFiles(board: Board): readonly BoardFile[] {
  const script = board.linkerScript === undefined ? [] : [board.linkerScript];
  const files = [...board.headers, ...board.sources, ...script].map((from): BoardFile => {
    const text = board.ownFiles.get(from);
    return text === undefined ? { from, to: baseName(from) } : { text, to: baseName(from) };
  });
  return [
    ...files,
    ...(board.memory.length === 0 ? [] : [{ to: configHeader, text: boardConfig(board) }]),
    ...(board.linkerScript === undefined ? [] : [{ to: memoryScript, text: memoryLayout(board) }]),
    ...(board.uf2Family === undefined ? [] : [{ to: 'make_uf2.py', from: 'common/make_uf2.py' }]),
  ];
}

/** Linker flags with the linker script, which lies in `boardDirectory` as boardFiles named it. */
export function linkFlags(board: Board, toolchain: Toolchain, boardDirectory: string): readonly string[] {
  const script =
    board.linkerScript === undefined
      ? []
      : [`-L${boardDirectory}`, '-T', `${boardDirectory}/${baseName(board.linkerScript)}`];
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
