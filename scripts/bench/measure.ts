/** Measures models: compile times here, everything else as `modelc verify` reports it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { compileModel, type Program } from '../../src/compiler.js';
import { ExitCode } from '../../src/errors.js';
import { type VerifyReport, verifySchema } from '../../src/report/verify.js';
import { inspectTools } from '../../src/simulators/toolchain.js';
import { type Board, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { writeProject } from '../../src/verify/write-project.js';
import type { BoardResult, ModelResult, Results } from './results.js';

/** The command as it is installed. */
const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const timedRuns = 5;
/** The board whose project is written when compile times are taken; the others differ in a few small files. */
const compileBoard = 'mps2-an386';

/**
 * @param path a `.tflite` file; its name without extension is the model's
 * @throws Error when a board's layers are not all equal to the interpreter's, or anything but the size of the model
 *   keeps a board from being measured
 */
export function measureModel(path: string, boards: readonly string[]): ModelResult {
  if (!existsSync(command)) throw new Error(`there is no ${command}; npm run build makes it`);
  const name = basename(path, '.tflite');
  const bytes = new Uint8Array(readFileSync(path));
  const compiled = compileModel(bytes);
  const compileTimes = { warm: warmMilliseconds(name, bytes), command: commandMilliseconds(path) };
  const report = verify(path, boards);
  return {
    name,
    bytes: bytes.length,
    crc32: report.model.crc32,
    macs: report.model.macs,
    arena_bytes: report.arena_bytes,
    arena_lower_bound: report.arena_lower_bound,
    scratch_bytes: scratchBytes(compiled),
    compile_ms: compileTimes,
    boards: report.results.map(boardResult),
  };
}

function scratchBytes({ plan }: Program): number {
  return Math.max(0, ...plan.scratch.map(({ bytes }) => bytes));
}

function boardResult(result: VerifyReport['results'][number]): BoardResult {
  const { board, toolchain, equal, flash, stack_bytes, instructions, exit_code, problems } = result;
  if (exit_code === ExitCode.doesNotFit) return { board, reason: problems.map(({ message }) => message).join(' ') };
  if (!equal) throw new Error(`${board} does not compute what the model means; nothing is recorded`);
  if (flash === null || stack_bytes === null || instructions === null) throw new Error(`${board} counts nothing`);
  return { board, toolchain, flash, stack_bytes, instructions };
}

/** Runs `modelc verify`, whose progress goes to standard error. */
function verify(path: string, boards: readonly string[]): VerifyReport {
  const args = [command, 'verify', path, '--board', boards.join(','), '--json'];
  const { stdout, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw error;
  if (stdout === '') throw new Error(`modelc verify ${path} ended without a report`);
  const json: unknown = JSON.parse(stdout);
  const report = verifySchema.safeParse(json);
  const problems = (json as Pick<VerifyReport, 'problems'>).problems.filter(({ code }) => !code.startsWith('fit/'));
  if (!report.success || problems.length > 0) {
    throw new Error(problems.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`).join('\n'));
  }
  return report.data;
}

function warmMilliseconds(name: string, bytes: Uint8Array): number {
  const assets = loadAssets();
  const selection = selectBoard(loadBoards(), compileBoard);
  return inTemporaryFolder((folder) => {
    const run = (index: number) =>
      milliseconds(() => {
        const project = generateProject(compileModel(bytes), assets, { name, ...selection });
        writeProject(join(folder, String(index)), project.files);
      });
    run(timedRuns);
    return median(Array.from({ length: timedRuns }, (_, index) => run(index)));
  });
}

function commandMilliseconds(path: string): number {
  return inTemporaryFolder((folder) => {
    const run = (index: number) =>
      milliseconds(() => {
        const args = [command, 'compile', path, '--board', compileBoard, '-o', join(folder, String(index))];
        const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
        if (status !== 0) throw new Error(`modelc compile ${path} ended with status ${status}`);
      });
    return median(Array.from({ length: timedRuns }, (_, index) => run(index)));
  });
}

function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** The middle one of an odd number of values, rounded to a tenth. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(10 * (sorted[(sorted.length - 1) / 2] as number)) / 10;
}

function inTemporaryFolder<T>(action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'modelc-bench-'));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Printed by a process about itself when it ends; user and system time of all its threads. */
const report = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\n' + (userCPUTime + systemCPUTime) + ' ' + maxRSS);
});`;

/** What the command costs from start to end, for `models` by name and path; a bare Node.js first. */
export function measureStartup(models: ReadonlyMap<string, string>): NonNullable<Results['startup']> {
  const measure = (name: string, args: readonly string[]) => {
    const runs = Array.from({ length: timedRuns }, () => {
      const hook = ['--import', `data:text/javascript,${encodeURIComponent(report)}`];
      const { stderr, status } = spawnSync(process.execPath, [...hook, ...args], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} ended with status ${status}`);
      return (stderr.split('\n').at(-1) as string).split(' ').map(Number) as [number, number];
    });
    return {
      command: name,
      cpu_ms: median(runs.map(([microseconds]) => microseconds / 1000)),
      peak_mb: median(runs.map(([, kibibytes]) => kibibytes / 1024)),
    };
  };
  return inTemporaryFolder((folder) => ({
    machine: machine(),
    commands: [
      measure('node', ['--eval', '0']),
      measure('modelc --version', [command, '--version']),
      measure('modelc --help', [command, '--help']),
      ...[...models].map(([name, path]) =>
        measure(`modelc compile ${name}`, [command, 'compile', path, '-b', compileBoard, '-o', join(folder, name)]),
      ),
    ],
  }));
}

export function machine(): Results['machine'] {
  return { processor: cpus()[0]?.model ?? process.arch, node: process.versions.node };
}

/** Versions of the compilers and simulators of these boards. */
export async function toolVersions(boards: readonly Board[]): Promise<Results['tools']> {
  const commands = (await inspectTools(boards)).filter(({ neededBy, name }) => neededBy.length > 0 && name !== 'make');
  const versions = commands.map(({ name, version }) => [name, version ?? 'missing'] as const);
  const isRp2040 = boards.some(({ simulator }) => simulator.kind === 'rp2040js');
  return Object.fromEntries([...versions, ...(isRp2040 ? [['rp2040js', packageVersion('rp2040js')] as const] : [])]);
}

function packageVersion(name: string): string {
  return JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
}
