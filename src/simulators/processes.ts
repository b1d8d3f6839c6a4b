/** Programs that run as a process of this machine: natively, or inside QEMU. */
import { constants } from 'node:os';
import { execa } from 'execa';
import { listed } from '../leftovers.js';
import type { Board, Simulator } from '../targets/board.js';
import { faultLine, type RunOptions, type RunResult, timeoutExitCode } from './run-result.js';
import { missingTool } from './toolchain.js';

/** A program that prints more than this is out of control. */
const maximumOutputBytes = 16 * 1024 * 1024;

/** Sanitizer reports end the program with the exit status that means a fault on every board. */
const sanitizerOptions = {
  ASAN_OPTIONS: 'exitcode=99:detect_leaks=0:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'exitcode=99:print_stacktrace=1',
};

export async function runNatively(board: Board, elfPath: string, options: RunOptions): Promise<RunResult> {
  const result = await runProcess(board, elfPath, [], options, sanitizerOptions);
  const report = /^.*(ERROR: \w+Sanitizer|runtime error): .*$/m.exec(result.stderr)?.[0];
  return report === undefined ? result : { ...result, faulted: report };
}

/** Arguments of QEMU for one run; console on standard output, files and exit status by semihosting. */
export function qemuArguments(
  board: Board,
  simulator: Extract<Simulator, { kind: 'qemu' }>,
  elfPath: string,
  countInstructions: boolean,
): readonly string[] {
  const shift = Math.log2(board.counter?.nanosecondsPerInstruction ?? 1);
  return [
    '-M',
    simulator.machine,
    ...simulator.arguments,
    ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ...['-semihosting-config', 'enable=on,target=native'],
    ...(countInstructions && board.counter?.nanosecondsPerInstruction !== undefined
      ? ['-icount', `shift=${shift},sleep=off`]
      : []),
    '-kernel',
    elfPath,
  ];
}

export async function runInQemu(
  board: Board,
  simulator: Extract<Simulator, { kind: 'qemu' }>,
  elfPath: string,
  options: RunOptions,
): Promise<RunResult> {
  const args = qemuArguments(board, simulator, elfPath, options.countInstructions);
  const result = await runProcess(board, simulator.command, args, options, {});
  const fault = faultLine(result.exitCode, result.stdout);
  return fault === undefined ? result : { ...result, faulted: fault };
}

/**
 * Neither QEMU nor a test program starts processes of its own, so killing the one process stops everything. It is
 * also killed when this process exits.
 */
async function runProcess(
  board: Board,
  command: string,
  args: readonly string[],
  options: RunOptions,
  env: Readonly<Record<string, string>>,
): Promise<RunResult> {
  const result = await listed(
    execa(command, args, {
      cwd: options.cwd,
      env,
      stdin: 'ignore',
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      cleanup: true,
      ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
      maxBuffer: maximumOutputBytes,
      stripFinalNewline: false,
      reject: false,
    }),
  );
  options.signal?.throwIfAborted();
  if (result.code === 'ENOENT') throw missingTool(command, `board "${board.name}"`);
  const signalled = result.signal === undefined ? undefined : 128 + constants.signals[result.signal];
  const exitCode = result.timedOut ? timeoutExitCode : (result.exitCode ?? signalled ?? 1);
  const outcome = { exitCode, stdout: result.stdout, stderr: result.stderr, timedOut: result.timedOut };
  if (result.timedOut) return outcome;
  if (result.isMaxBuffer) return { ...outcome, faulted: `endless output, stopped after ${maximumOutputBytes} bytes` };
  if (result.signal !== undefined) {
    const reason = crashReason(result.stderr);
    return { ...outcome, faulted: `stopped by ${result.signal}${reason === '' ? '' : `: ${reason}`}` };
  }
  return outcome;
}

/** What a simulator that gave up says about it: the line before it dumps the registers, else its last one. */
export function crashReason(messages: string): string {
  const lines = messages
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isRegisterDump(line));
  return lines.find((line) => /\b(fatal|error|abort|assert)/i.test(line)) ?? lines.at(-1) ?? '';
}

/** `R00=00000000 R01=…`, `XPSR=61000003 -ZC- T handler`, ` pc       80000004`, ` x1/ra 00000000 x2/sp …`. */
function isRegisterDump(line: string): boolean {
  return /^[A-Za-z]\w*=\s*[0-9a-fA-F]{8}\b/.test(line) || /^(x\d+\/\w+|pc|mhartid|m\w+|V)\s+[0-9a-f=]+\b/.test(line);
}
