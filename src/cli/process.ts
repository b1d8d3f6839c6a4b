/**
 * The process around a command. Commands compute for seconds without looking up, and a signal is only heard between two
 * steps; so a command runs in a thread of its own, and this one listens: it passes a signal on, and ends a thread that
 * does not answer, together with what it would leave behind. What only one of the two threads needs, only that one loads.
 */
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ExitCode, ModelcError } from '../errors.js';
import { type Leftovers, observeLeftovers } from '../leftovers.js';
import { commandNames, failureReport, toJsonLine } from '../report/failure.js';
import { stagingPrefix } from '../verify/staging.js';

type StreamName = 'stdout' | 'stderr';

/** What the command's thread is told at its start. */
interface Task {
  readonly argv: readonly string[];
  readonly isTTY: Readonly<Record<StreamName, boolean>>;
}

/** What the command's thread tells. */
type Report =
  | { readonly kind: 'text'; readonly stream: StreamName; readonly text: string }
  | { readonly kind: 'leftovers'; readonly leftovers: Leftovers }
  /** It has heard of the interruption and ends by itself. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'end'; readonly exitCode: number };

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

/** Milliseconds a thread has to answer a signal, and to end once it has answered. */
const answerTime = 200;
const endTime = 400;

/** @param entry URL of the file that calls this, which is also where the command's thread starts */
export async function startProcess(entry: string): Promise<void> {
  if (!isMainThread) return runTask();
  const argv = process.argv.slice(2);
  const output = watchOutput();
  const exitCode = isImmediate(argv) ? await runHere(argv) : await superviseTask(new URL(entry), argv);
  process.exitCode = await output.end(exitCode);
}

/** Commands that only print what modelc knows anyway. */
function isImmediate([command = '-', ...rest]: readonly string[]): boolean {
  return (
    /^(-|boards$|completion$|help$)/.test(command) ||
    rest.some((argument) => argument === '--help' || argument === '-h')
  );
}

async function runHere(argv: readonly string[]): Promise<number> {
  const { runCli } = await import('./run-cli.js');
  return runCli(argv, { stdout: process.stdout, stderr: process.stderr, variables: process.env });
}

/** The command's thread. */
async function runTask(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('a command was started without a thread around it');
  const { argv, isTTY } = workerData as Task;
  const report = (message: Report) => port.postMessage(message);
  const interruption = new AbortController();
  port.on('message', (signal: Signal) => {
    report({ kind: 'stopping' });
    interruption.abort(interrupted(signal, [], []));
  });
  observeLeftovers((leftovers) => report({ kind: 'leftovers', leftovers }));
  const stream = (name: StreamName) => ({
    isTTY: isTTY[name],
    write: (text: string) => report({ kind: 'text', stream: name, text }),
  });
  const { runCli } = await import('./run-cli.js');
  const exitCode = await runCli(argv, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    variables: process.env,
    signal: interruption.signal,
  });
  report({ kind: 'end', exitCode });
  port.close();
}

/** Starts a command's thread and passes on what it prints. @returns the exit code */
function superviseTask(entry: URL, argv: readonly string[]): Promise<number> {
  const isTTY = { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true };
  const task: Task = { argv, isTTY };
  const worker = new Worker(entry, { workerData: task });
  const hasPrinted = { stdout: false, stderr: false };
  let leftovers: Leftovers = { folders: [], processes: [] };
  let interruptedBy: Signal | undefined;
  let isStopping = false;

  return new Promise((resolve) => {
    let isOver = false;
    const finish = async (outcome: () => Promise<number> | number): Promise<void> => {
      if (isOver) return;
      isOver = true;
      resolve(await outcome());
    };
    /** Says what the thread cannot say any more; with `--json` still one object in all. */
    const fail = (error: ModelcError): number => {
      if (isTTY.stderr && hasPrinted.stderr) process.stderr.write('\r\u001b[2K');
      process.stderr.write(`${error.message}\n`);
      if (argv.includes('--json') && !hasPrinted.stdout) {
        const command = commandNames.find((name) => name === argv[0]) ?? null;
        process.stdout.write(toJsonLine(failureReport(command, error.problems, error.exitCode)));
      }
      return error.exitCode;
    };
    const stopNow = (): Promise<void> =>
      finish(async () => {
        // ends at the next step of a loop; a step that takes longer is not waited for
        await Promise.race([worker.terminate(), delay(answerTime, undefined, { ref: false })]);
        return fail(interrupted(interruptedBy as Signal, leftovers.folders, removeLeftovers(leftovers)));
      });

    worker.on('message', (message: Report) => {
      switch (message.kind) {
        case 'text':
          if (isOver) return;
          hasPrinted[message.stream] = true;
          process[message.stream].write(message.text);
          return;
        case 'leftovers':
          leftovers = message.leftovers;
          return;
        case 'stopping':
          isStopping = true;
          return;
        case 'end':
          void finish(() => message.exitCode);
      }
    });
    worker.on('error', (error) => {
      void finish(() => {
        removeLeftovers(leftovers);
        return fail(broken(error));
      });
    });
    worker.on('exit', () => {
      void finish(() => {
        removeLeftovers(leftovers);
        return fail(broken(new Error('the command ended without a result')));
      });
    });
    for (const signal of signals) {
      process.on(signal, async () => {
        if (interruptedBy !== undefined) return stopNow();
        interruptedBy = signal;
        worker.postMessage(signal);
        await delay(answerTime, undefined, { ref: false });
        if (isStopping) await delay(endTime, undefined, { ref: false });
        return stopNow();
      });
    }
  });
}

/** Ends programs and removes folders. @returns the folders that are still there */
function removeLeftovers({ folders, processes }: Leftovers): readonly string[] {
  for (const pid of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }
  return folders.filter((folder) => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      return false;
    } catch {
      return true;
    }
  });
}

/** @param folders temporary folders that the command had, and those of them that could not be removed */
function interrupted(signal: Signal, folders: readonly string[], remaining: readonly string[]): ModelcError {
  const isHalfWritten = folders.some((folder) => basename(folder).startsWith(stagingPrefix));
  const remedies = [
    remaining.length > 0
      ? `These temporary folders could not be removed: ${remaining.join(', ')}.`
      : 'Its temporary files are removed and its programs stopped.',
    isHalfWritten
      ? 'Some files of the project may be new already; run the command again to have all.'
      : 'Run it again.',
  ];
  return new ModelcError({
    code: 'internal/interrupted',
    message: `The command was stopped by ${signal}.`,
    remedy: remedies.join(' '),
    place: {},
  });
}

/** The command's thread failed as a whole: it ran out of memory, for example. */
function broken(error: Error): ModelcError {
  return new ModelcError({
    code: 'internal/error',
    message: `Internal error: ${error.message}.`,
    remedy: 'This is a mistake in modelc: please report it, with the model if you can share it.',
    place: {},
  });
}

/**
 * Watches what becomes of the output. That the reader of a pipe goes early, as in `modelc boards | head -1`, is no
 * failure; that a disk is full is one.
 */
function watchOutput() {
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error;
  });
  // when errors cannot be printed, the exit code is all that is left
  process.stderr.on('error', () => {});
  return {
    /** @returns the exit code of the process */
    async end(exitCode: number): Promise<number> {
      await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
      await delay(0);
      if (failure === undefined) return exitCode;
      process.stderr.write(`error usage/file: The result cannot be printed: ${failure.message}.\n`);
      return exitCode === ExitCode.ok ? ExitCode.usage : exitCode;
    },
  };
}
