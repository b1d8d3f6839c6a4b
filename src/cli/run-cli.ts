/** The command line: what commands and options there are. */
import { Command, CommanderError, Option } from 'commander';
import { ExitCode, ModelcError } from '../errors.js';
import { hostNames } from '../hosts/names.js';
import type { CommandName } from '../report/failure.js';
import { byteCount, defaultTimeoutSeconds, nameList, pixelRange, wholeNumber } from './arguments.js';
import { exampleText } from './examples.js';
import { packageVersion } from './package.js';
import type { CliEnvironment, Outcome, Session, TextStream } from './session.js';

export type CliOptions = Partial<CliEnvironment> & { readonly stdout: TextStream; readonly stderr: TextStream };

// What commands need is loaded when one runs: help and version answer at once, and nobody waits for a simulator that
// is not used.
const runCommand: typeof import('./session.js').runCommand = async (...args) =>
  (await import('./session.js')).runCommand(...args);

const exitCodes = `
Exit codes: 0 ok, 1 result differs, 2 usage, 3 model unsupported or invalid, 4 does not fit the board,
5 build or toolchain, 6 simulator or crash, 7 timeout, 10 internal error, 130 interrupted.`;

/**
 * Runs modelc with the arguments after the command's name.
 *
 * @returns the exit code; never rejects
 */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  const environment: CliEnvironment = {
    variables: {},
    signal: new AbortController().signal,
    ...options,
  };
  let exitCode: number = ExitCode.ok;
  const program = createProgram(environment, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.ok;
    const json = argv.includes('--json');
    if (argv.length === 0) environment.stderr.write(`${program.helpInformation()}\n`);
    return runCommand(environment, null, json, () => Promise.reject(asUsageError(error)));
  }
}

function asUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  const message = error.message.replace(/^error: /, '').replace(/\n/g, ' ');
  return new ModelcError({
    code: 'usage/argument',
    message: error.code === 'commander.help' ? 'There is no command.' : `${sentence(message)}`,
    remedy: 'Run `modelc --help`, or `modelc COMMAND --help`, for what there is.',
    place: {},
  });
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?)]$/.test(start) ? start : `${start}.`;
}

function createProgram(environment: CliEnvironment, finish: (exitCode: number) => void): Command {
  const program = new Command('modelc')
    .description('Compiles int8 TensorFlow Lite models to C for microcontrollers, and proves the result in simulation.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      // errors are printed as problems, by runCommand
      writeErr: () => {},
      outputError: () => {},
    })
    .addHelpText('after', exitCodes);

  /** Adds `--json` and connects the command to what it does. */
  const connect = (
    command: Command,
    action: (session: Session, args: readonly string[], options: never) => Promise<Outcome>,
  ) =>
    command
      .option('--json', 'print one JSON object on standard output')
      .addHelpText('after', exampleText(command.name() as CommandName))
      .action(async () => {
        const options = command.opts();
        const name = command.name() as CommandName;
        finish(
          await runCommand(environment, name, options.json === true, (session) =>
            action(session, command.args, options as never),
          ),
        );
      });

  const board = [
    '-b, --board <board>',
    'board, board:toolchain, or path of a board.json; `modelc boards` lists them',
  ] as const;
  const name = ['-n, --name <name>', 'prefix of the C identifiers (default: from the file name)'] as const;
  const output = ['-o, --output <dir>', 'folder of the project (default: NAME-BOARD)'] as const;
  const timeout = ['--timeout <seconds>', 'limit for each program on a simulator', wholeNumber(1, 86_400)] as const;
  const input = [
    '-i, --input <file...>',
    '.npy, .npz, .png, .jpg, .f32 or raw codes, one file for each input',
  ] as const;
  const pixels = [
    '--pixels <range>',
    'real values of black and white, as in 0..1 (default: from the input)',
    pixelRange,
  ] as const;
  const modelArgument = ['<model>', 'a .tflite file'] as const;
  const optionalModel = ['[model]', 'a .tflite file; without it, the models of modelc.json'] as const;
  const project = ['--project <file>', 'without a model: the project file, or its folder'] as const;
  const ramBudget = ['--ram-budget <size>', 'bytes of arena and stack that the model may take', byteCount] as const;
  const flashBudget = ['--flash-budget <size>', 'bytes of constants that the model may have', byteCount] as const;
  const arenaSection = ['--arena-section <name>', 'section of the arena, as .dtcm'] as const;
  const host = new Option('--host <host>', 'build system to make a library for').choices([...hostNames]);
  /** Adds what every command that compiles a model takes. */
  const withModel = (command: Command, argument: readonly [string, string] = modelArgument) =>
    command
      .argument(...argument)
      .addOption(
        new Option(
          '--edges <what>',
          'inputs and outputs as in the file (default), or int8 with their conversion left to you',
        ).choices(['file', 'int8']),
      )
      .option('--skip-pass <names>', 'optimisations to leave out, separated by commas', nameList)
      .addOption(
        new Option(
          '--optimize <what>',
          'plan for speed, for RAM, or for little RAM at little cost of speed (balanced, default)',
        ).choices(['speed', 'balanced', 'ram']),
      )
      .option('--max-ram <size>', 'bytes that the arena may have: the fastest plan within them', byteCount);

  connect(
    withModel(
      program.command('check').description('tell whether a model compiles, and which boards it fits'),
      optionalModel,
    )
      .option(...project)
      .option('-b, --board <boards>', 'only these boards, separated by commas; too small is an error')
      .option('--cpu <cpu>', 'instead of a board: its processor, as cortex-m4')
      .option('--ram <size>', 'with --cpu: bytes of RAM, as 128K', byteCount)
      .option('--flash <size>', 'with --cpu: bytes of flash, as 512K', byteCount),
    async (session, [model], options) => (await import('./commands/check.js')).check(session, model, options),
  );
  connect(
    withModel(
      program
        .command('compile')
        .description('write the C project of a model for a board, or a library for another build system'),
    )
      .option(...board)
      .addOption(host)
      .option('--cpu <cpu>', 'with --host: the processor, if no board is named')
      .option('--ram <size>', 'with --cpu: bytes of RAM', byteCount)
      .option('--flash <size>', 'with --cpu: bytes of flash', byteCount)
      .option(...ramBudget)
      .option(...flashBudget)
      .option(...arenaSection)
      .option(...output)
      .option(...name),
    async (session, [model = ''], options) => (await import('./commands/compile.js')).compile(session, model, options),
  );
  connect(
    withModel(
      program
        .command('build')
        .description('write the project and build the firmware; without a model, all that modelc.json says'),
      optionalModel,
    )
      .option(...board)
      .option(...project)
      .option(...ramBudget)
      .option(...flashBudget)
      .option(...arenaSection)
      .option(...output)
      .option(...name),
    async (session, [model], options) => (await import('./commands/build.js')).build(session, model, options),
  );
  connect(
    withModel(
      program.command('init').description('start a project for a model: modelc.json, and an application that runs it'),
    )
      .option(...board)
      .addOption(host)
      .option('-o, --output <dir>', 'folder of the project (default: the name)')
      .option(...name),
    async (session, [model = ''], options) => (await import('./commands/init.js')).init(session, model, options),
  );
  connect(
    withModel(program.command('run').description('compute the outputs of a model for given inputs'))
      .option('--on <place>', '`interpreter`, or a board', 'interpreter')
      .option(...input, [])
      .option(...pixels)
      .option('-l, --labels <file>', 'names of the classes, one on each line')
      .option('-t, --top <n>', 'how many of the greatest elements to show', wholeNumber(1, 1000), 5)
      .option('-o, --output <dir>', 'write out0.bin, out1.bin, … to this folder')
      .option(...timeout, defaultTimeoutSeconds),
    async (session, [model = ''], options) => (await import('./commands/run.js')).run(session, model, options),
  );
  connect(
    withModel(program.command('evaluate').description('measure the accuracy of a classifier on labelled samples'))
      .requiredOption(
        '-d, --data <file>',
        '.npz with the samples (x, or the names of the inputs) and their classes (y)',
      )
      .option('-l, --labels <file>', 'names of the classes, one on each line')
      .option('--on <place>', '`interpreter`, or a board', 'interpreter')
      .option('--limit <n>', 'only the first samples (default: all; 100 on a board)', wholeNumber(1, 10_000_000))
      .option(...timeout, defaultTimeoutSeconds),
    async (session, [model = ''], options) =>
      (await import('./commands/evaluate.js')).evaluate(session, model, options),
  );
  connect(
    withModel(
      program
        .command('verify')
        .description('build, run in the simulator and compare every layer with the interpreter, byte for byte'),
      optionalModel,
    )
      .option('-b, --board <boards>', 'boards, separated by commas; `host` stands for host:gcc,host:clang')
      .option(...project)
      .option(input[0], `${input[1]}; instead of generated ones`, [])
      .option(...pixels)
      .option('-r, --random <n>', 'number of random inputs (default: 3)', wholeNumber(0, 1000))
      .option('-s, --seed <n>', 'seed of the first random input', wholeNumber(0, 2 ** 32 - 1), 1)
      .option(...name)
      .option('-k, --keep <dir>', 'keep projects and traces in this folder')
      .option(...timeout, defaultTimeoutSeconds),
    async (session, [model], options) => (await import('./commands/verify.js')).verify(session, model, options),
  );
  connect(program.command('boards').description('list the boards'), async (session) =>
    (await import('./commands/boards.js')).boards(session),
  );
  connect(
    program
      .command('doctor')
      .description('look for compilers and simulators')
      .option('-b, --board <boards>', 'only what these boards need, separated by commas'),
    async (session, _, options) => (await import('./commands/doctor.js')).doctor(session, options),
  );
  program
    .command('completion')
    .description('print a script that lets a shell complete modelc: bash, zsh or fish')
    .argument('<shell>')
    .addHelpText('after', exampleText('completion'))
    .action(async (shell: string) => {
      const { completionScript } = await import('./completion.js');
      const { findOwnBoards } = await import('./session.js');
      const names = (environment.boards ?? findOwnBoards)().boards.map(({ name }) => name);
      environment.stdout.write(completionScript(program, shell, names));
      finish(ExitCode.ok);
    });
  return program;
}
