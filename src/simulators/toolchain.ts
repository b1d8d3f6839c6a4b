/** Which external programs there are: compilers, build tools and simulators, and the packages that bring them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { ModelcError } from '../errors.js';
import type { Board } from '../targets/board.js';
import { boardsDirectory } from '../targets/load-boards.js';

export interface ToolStatus {
  /** The command. */
  readonly name: string;
  readonly purpose: string;
  /** First version number the tool reports; undefined if the tool is missing. */
  readonly version?: string;
  /** Names of the boards that need it; empty for tools that modelc itself never calls. */
  readonly neededBy: readonly string[];
  /** Debian and Ubuntu packages that provide it. */
  readonly aptPackages: readonly string[];
}

const toolSchema = z.record(
  z.string(),
  z.strictObject({
    purpose: z.string(),
    packages: z.array(z.string()).min(1),
    groups: z.array(z.enum(['demo', 'test'])),
  }),
);

/** `boards/tools.json`, which scripts/setup.mjs reads as well. */
function knownTools(): z.output<typeof toolSchema> {
  return toolSchema.parse(JSON.parse(readFileSync(join(boardsDirectory, 'tools.json'), 'utf8')));
}

/** Commands of a board: make, its compilers and its simulator. */
function commandsOf(board: Board): readonly string[] {
  const builders = ['make', ...board.toolchains.map((toolchain) => toolchain.compiler)];
  return board.simulator.kind === 'qemu' ? [...builders, board.simulator.command] : builders;
}

/** Looks for every tool that a board or a generated project needs. Slow tools are asked in parallel. */
export async function inspectTools(boards: readonly Board[], signal?: AbortSignal): Promise<readonly ToolStatus[]> {
  const tools = knownTools();
  const names = [...new Set([...Object.keys(tools), ...boards.flatMap(commandsOf)])];
  return Promise.all(
    names.map(async (name) => {
      const version = await versionOf(name, signal);
      return {
        name,
        purpose: tools[name]?.purpose ?? 'named by a board description',
        ...(version === undefined ? {} : { version }),
        neededBy: boards.filter((board) => commandsOf(board).includes(name)).map((board) => board.name),
        aptPackages: tools[name]?.packages ?? [],
      };
    }),
  );
}

async function versionOf(command: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const result = await execa(command, ['--version'], {
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.failed) return undefined;
  const firstLine = result.stdout.split('\n')[0] ?? '';
  // GCC puts its distribution's package name, which has digits too, in brackets before the version.
  return /\d+(\.\d+)+/.exec(firstLine.replace(/\([^)]*\)/g, ''))?.[0] ?? firstLine;
}

/** @returns a `device/simulator-missing` or `build/toolchain-missing` error with the packages to install */
export function missingTool(command: string, neededBy: string): ModelcError {
  const packages = knownTools()[command]?.packages;
  const simulator = command.startsWith('qemu-');
  return new ModelcError({
    code: simulator ? 'device/simulator-missing' : 'build/toolchain-missing',
    message: `${command} is not installed; ${neededBy} needs it.`,
    remedy:
      packages === undefined
        ? `Install ${command} so that it is found on the PATH.`
        : `Install it: sudo apt-get install ${packages.join(' ')}.`,
    place: {},
  });
}
