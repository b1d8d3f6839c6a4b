/** Builds the test programs of many models into one program, so that a simulator starts once for all of them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { compileModel, type Program, portableTarget } from '../../src/compiler.js';
import type { Objective } from '../../src/schedule/plan-memory.js';
import { runFirmware } from '../../src/simulators/run-firmware.js';
import { requireCompletion } from '../../src/simulators/run-result.js';
import { missingTool } from '../../src/simulators/toolchain.js';
import type { BoardSelection } from '../../src/targets/board.js';
import { buildCommand, warningFlags } from '../../src/targets/build-command.js';
import { compareTraces, type TraceVerdict } from '../../src/verify/compare-trace.js';
import { readStrays, type Stray } from '../../src/verify/strays.js';
import { readTrace } from '../../src/verify/trace.js';
import { caseModel, type OperatorCase } from '../operators/support/operator-case.js';
import { writeBoardFiles } from '../support/board-folder.js';

export interface NamedModel {
  /** C prefix, unique among the models of a program. */
  readonly name: string;
  readonly subject: OperatorCase;
  readonly compiled: Program;
}

/** Lowered by rows, by pixels or whole, as `objective` asks. */
export function nameModel(name: string, subject: OperatorCase, objective: Objective = 'balanced'): NamedModel {
  const target = { ...portableTarget, objective };
  return { name, subject, compiled: compileModel(caseModel(subject), { target }) };
}

/** Compilers that run at the same time. */
const parallelJobs = 2;

/** Users choose their own level, and compilers warn and err differently on each: the models take turns. */
const optimizationLevels = ['-O2', '-Os', '-O3', '-O1'];

/**
 * Runs each model's generated test program (dead memory poisoned before each layer, and watched) on the board and
 * compares every layer with the interpreter. `directory` must exist and be empty. Throws when a program does not build or crashes.
 */
export async function verifyModels(
  models: readonly NamedModel[],
  selection: BoardSelection,
  directory: string,
): Promise<readonly (TraceVerdict & { readonly strays: readonly Stray[] })[]> {
  const { board, toolchain } = selection;
  const boardDirectory = join(directory, 'board');
  mkdirSync(boardDirectory);
  writeBoardFiles(board, boardDirectory);
  for (const model of models) writeModelFiles(model, selection, directory);
  const driver = join(directory, 'driver.c');
  writeFileSync(driver, driverSource(models.map(({ name }) => name)));

  const compile = async (name: string, optimization: string) => {
    const includes = [`-I${boardDirectory}`, `-I${directory}`];
    const sources = ['-c', `${name}_model.c`, `${name}_program.c`];
    const args = [...toolchain.cFlags, optimization, ...warningFlags, '-Werror', ...includes, ...sources];
    await run(toolchain.compiler, args, directory, board.name);
  };
  const waiting = [...models.entries()];
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, { name }] = next;
      await compile(name, optimizationLevels[index % optimizationLevels.length] as string);
    }
  };
  // every compiler must have ended before the caller removes the folder
  const workers = await Promise.allSettled(Array.from({ length: parallelJobs }, worker));
  for (const outcome of workers) if (outcome.status === 'rejected') throw outcome.reason;
  const elf = join(directory, 'program.elf');
  const objects = models.flatMap(({ name }) =>
    [`${name}_model.o`, `${name}_program.o`].map((file) => join(directory, file)),
  );
  const link = buildCommand(board, toolchain, {
    boardDirectory,
    sources: [driver, ...objects],
    optimization: '-O2',
    output: elf,
  });
  await run(link.command, link.args, directory, board.name);

  const options = { cwd: directory, timeoutMs: 120_000, countInstructions: false };
  const result = await runFirmware(board, elf, options);
  requireCompletion(board, options, result);
  if (result.exitCode !== 0) throw new Error(`exit status ${result.exitCode}: ${result.stdout}${result.stderr}`);
  return models.map(({ name, subject, compiled }) => {
    const traces = subject.inferences.map((_, number) => {
      const path = join(directory, name, `case${number}.trace`);
      return existsSync(path) ? readTrace(readFileSync(path)) : [];
    });
    const strays = readStrays(join(directory, name), subject.inferences.length, compiled.plan.arenaBytes);
    return { ...compareTraces(compiled, subject.inferences, traces), strays };
  });
}

async function run(command: string, args: readonly string[], cwd: string, board: string): Promise<void> {
  const result = await execa(command, args, { cwd, reject: false, stdin: 'ignore' });
  if (result.code === 'ENOENT') throw missingTool(command, `board "${board}"`);
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')}\n${result.stderr}`);
}

/** The model's C files, a source that includes them, its test program, and the inputs in a folder of the model's own. */
function writeModelFiles({ name, subject, compiled }: NamedModel, selection: BoardSelection, directory: string): void {
  const { files } = generateProject(compiled, loadAssets(), { name, ...selection });
  for (const { path, text } of files) {
    if (path === 'verify.c') writeFileSync(join(directory, `${name}_verify.c`), text);
    else if (path.startsWith('model/')) writeFileSync(join(directory, path.slice('model/'.length)), text);
  }
  writeFileSync(join(directory, `${name}_model.c`), `#include "${name}.c"\n#include "${name}-data.c"\n`);
  writeFileSync(
    join(directory, `${name}_program.c`),
    `/* The model's test program, which finds its files through driver.c. */
#define main ${name}_verify
#define __asan_on_error ${name}_asan_on_error
#define board_file_load model_file_load
#define board_file_create model_file_create
#include "${name}_verify.c"
`,
  );
  mkdirSync(join(directory, name));
  subject.inferences.forEach((inputs, number) => {
    inputs.forEach((bytes, slot) => {
      writeFileSync(join(directory, name, `case${number}.in${slot}.bin`), bytes);
    });
  });
}

/** Calls one test program after the other, each with its model's folder in front of its file names. */
function driverSource(names: readonly string[]): string {
  return `#include "board.h"

${names.map((name) => `int ${name}_verify(void);`).join('\n')}
int32_t model_file_load(const char *path, void *dst, uint32_t bytes);
int32_t model_file_create(const char *path);

static const char *folder;

static const char *in_folder(const char *path)
{
    static char joined[80];
    char *to = joined;
    for (const char *from = folder; *from != '\\0'; from++) {
        *to++ = *from;
    }
    *to++ = '/';
    while (*path != '\\0') {
        *to++ = *path++;
    }
    *to = '\\0';
    return joined;
}

int32_t model_file_load(const char *path, void *dst, uint32_t bytes)
{
    return board_file_load(in_folder(path), dst, bytes);
}

int32_t model_file_create(const char *path)
{
    return board_file_create(in_folder(path));
}

int main(void)
{
    board_init();
${names.map((name) => `    folder = "${name}";\n    if (${name}_verify() != 0) {\n        board_write("${name} failed\\n");\n        return 1;\n    }`).join('\n')}
    return 0;
}
`;
}
