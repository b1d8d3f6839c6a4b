/** What commands have in common: their surroundings, and the way from a result to text or JSON. */
import type { Assets } from '../codegen/project.js';
import { ExitCode, ModelcError, type Problem } from '../errors.js';
import { type CommandName, failureReport, toJsonLine } from '../report/failure.js';
import { createStyle, printable, problemText, type Style } from '../report/terminal.js';
import { type BoardCatalogue, boardsDirectory, findBoards, ownBoardFolders } from '../targets/load-boards.js';
import { loadAssets } from './assets.js';

/** A place to write text to; process.stdout is one. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export interface CliEnvironment {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts; the reason is a ModelcError. */
  readonly signal: AbortSignal;
  /** Read when a command needs them; those of the package when absent. */
  readonly assets?: () => Assets;
  /** Those of the package and of the user's folder when absent. */
  readonly boards?: () => BoardCatalogue;
}

/** What a command found: the object for `--json`, and the same for people. */
export interface Outcome {
  readonly report: { readonly exit_code: number };
  readonly text: (style: Style) => string;
}

/** Surroundings of one command. */
export interface Session extends Required<Omit<CliEnvironment, 'stdout' | 'stderr' | 'variables'>> {
  /** Shows what is being done, on standard error. */
  progress(step: string): void;
}

/**
 * Runs a command and prints its outcome: with `json` exactly one line on standard output, whatever happens.
 *
 * @returns the exit code; never rejects
 */
export async function runCommand(
  environment: CliEnvironment,
  command: CommandName | null,
  json: boolean,
  action: (session: Session) => Promise<Outcome>,
): Promise<number> {
  const { stdout, stderr, signal, assets = loadAssets, boards = findOwnBoards } = environment;
  const status = statusLine(stderr);
  try {
    const { report, text } = await action({ signal, assets, boards, progress: status.show });
    status.clear();
    stdout.write(json ? toJsonLine(report) : text(createStyle(isColoured(environment, stdout))));
    return report.exit_code;
  } catch (error) {
    status.clear();
    const { problems, exitCode, stack } = explain(error);
    stderr.write(problemText(createStyle(isColoured(environment, stderr)), problems));
    if (stack !== undefined) stderr.write(`${stack}\n`);
    if (json) stdout.write(toJsonLine(failureReport(command, problems, exitCode)));
    return exitCode;
  }
}

/** The boards of the package and of the working directory. */
export function findOwnBoards(): BoardCatalogue {
  return findBoards([...ownBoardFolders(process.cwd()), boardsDirectory]);
}

function explain(error: unknown): { problems: readonly Problem[]; exitCode: number; stack?: string } {
  if (error instanceof ModelcError) return { problems: error.problems, exitCode: error.exitCode };
  const message = error instanceof Error ? error.message : String(error);
  const problem: Problem = {
    code: 'internal/error',
    message: `Internal error: ${message}.`,
    remedy: 'This is a mistake in modelc: please report it, with the model if you can share it.',
    place: {},
  };
  const stack = error instanceof Error ? error.stack : undefined;
  return { problems: [problem], exitCode: ExitCode.internal, ...(stack === undefined ? {} : { stack }) };
}

/** Colours on a terminal that can show them, by the conventions of https://no-color.org and https://force-color.org. */
function isColoured({ variables }: CliEnvironment, stream: TextStream): boolean {
  if (variables.NO_COLOR !== undefined && variables.NO_COLOR !== '') return false;
  if (variables.FORCE_COLOR !== undefined && variables.FORCE_COLOR !== '') return variables.FORCE_COLOR !== '0';
  return stream.isTTY === true && variables.TERM !== 'dumb';
}

/** One line that is overwritten on a terminal; elsewhere a line for each step, so that logs show how far it came. */
function statusLine(stream: TextStream) {
  const eraseLine = '\r\u001b[2K';
  let shown = false;
  return {
    show(step: string) {
      stream.write(stream.isTTY === true ? `${eraseLine}${printable(step)} …` : `${printable(step)}\n`);
      shown = true;
    },
    clear() {
      if (shown && stream.isTTY === true) stream.write(eraseLine);
      shown = false;
    },
  };
}
