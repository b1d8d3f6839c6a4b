/** Builds a project on disk with its own Makefile and measures the result. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { ModelcError } from '../errors.js';
import { listed } from '../leftovers.js';
import { missingTool } from '../simulators/toolchain.js';
import { type Board, capacity, type Toolchain } from '../targets/board.js';
import { type FlashUse, parseMap } from './link-map.js';

export type BuildTarget = 'firmware.elf' | 'verify.elf';

/**
 * Runs `make` in `directory`. Aborting `signal` stops it and throws the signal's reason.
 *
 * @throws ModelcError `build/toolchain-missing`, `fit/flash` or `fit/ram` when the linker runs out of a region,
 *   `build/failed` with the first lines of the compiler's complaint otherwise.
 */
export async function buildProject(
  directory: string,
  board: Board,
  toolchain: Toolchain,
  targets: readonly BuildTarget[],
  extraFlags: readonly string[] = [],
  signal?: AbortSignal,
): Promise<void> {
  const result = await listed(
    execa('make', ['--no-print-directory', '-j2', ...targets, `EXTRA_CFLAGS=${extraFlags.join(' ')}`], {
      cwd: directory,
      reject: false,
      all: true,
      stdin: 'ignore',
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    }),
  );
  signal?.throwIfAborted();
  if (result.exitCode === 0) return;
  if (result.code === 'ENOENT') throw missingTool('make', `board "${board.name}"`);
  throw explain(result.all, board, toolchain);
}

/** What went wrong, from the output of make. */
function explain(output: string, board: Board, toolchain: Toolchain): ModelcError {
  if (output.split('\n').some((line) => isMissing(line, toolchain.compiler))) {
    return missingTool(toolchain.compiler, `board "${board.name}"`);
  }
  const overflow = findOverflow(output, board);
  if (overflow !== undefined) {
    const region = board.memory.find(({ name }) => name === overflow.region);
    const kind = region?.kind ?? 'flash';
    const what = region === undefined || region.name === kind ? kind : `of the region "${region.name}"`;
    return new ModelcError({
      code: kind === 'ram' ? 'fit/ram' : 'fit/flash',
      message: `The firmware needs ${overflow.bytes} bytes more ${what} than the ${region?.bytes ?? capacity(board, kind)} bytes board "${board.name}" has.`,
      remedy: 'Choose a board with more memory or a smaller model.',
      place: {},
    });
  }
  const lines = output
    .split('\n')
    .filter(
      (line) => /(error|warning|undefined reference|cannot find)/.test(line) && !line.startsWith(toolchain.compiler),
    );
  return new ModelcError({
    code: 'build/failed',
    message: `The project does not build with ${toolchain.compiler}: ${(lines.length > 0 ? lines : output.split('\n')).slice(0, 6).join(' | ')}.`,
    remedy: 'Run make in the project folder to see all of it, and report this: generated code must build.',
    place: {},
  });
}

/**
 * The region that GNU ld found too small, in lower case as in the board's description, and by how much; the most of all
 * it says. It has two ways to say so: one where sections follow each other, one where a section's address is computed.
 */
export function findOverflow(output: string, board: Board): { region: string; bytes: number } | undefined {
  const overflowed = /region [`'"]?(\w+)['"]? overflowed by (\d+) bytes/gi;
  const outside = /address (0x[0-9a-f]+) of \S+ section [`'"]?\S+ is not within region [`'"]?(\w+)/gi;
  const end = (name: string) => {
    const region = board.memory.find((candidate) => candidate.name === name);
    return region === undefined ? Number.POSITIVE_INFINITY : region.origin + region.bytes;
  };
  const found = [
    ...[...output.matchAll(overflowed)].map(([, name = '', bytes]) => ({
      region: name.toLowerCase(),
      bytes: Number(bytes),
    })),
    ...[...output.matchAll(outside)].map(([, address, name = '']) => {
      const region = name.toLowerCase();
      return { region, bytes: Number(address) - end(region) };
    }),
  ];
  return found.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes)[0];
}

/** Whether make or its shell says on this line that there is no such command. */
function isMissing(line: string, command: string): boolean {
  return line.includes(`${command}: `) && /: (command )?not found|: No such file or directory/.test(line);
}

/** Flash use of `firmware.elf` by the link map beside it; undefined on the host, which has no flash. */
export function measureFlash(directory: string, board: Board, name: string): FlashUse | undefined {
  if (board.memory.length === 0) return undefined;
  const path = join(directory, 'firmware.map');
  if (!existsSync(path)) {
    throw new ModelcError({
      code: 'build/failed',
      message: 'The project was built without the link map that flash is measured from.',
      remedy: 'Let the Makefile link with -Wl,-Map=firmware.map, as the one of modelc does.',
      place: { file: path },
    });
  }
  return parseMap(readFileSync(path, 'utf8'), name);
}
