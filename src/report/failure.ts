/** What every command can print: the object of a failure, and how objects are written. Loads nothing else. */
import type { Problem } from '../errors.js';

/** Raised when a field is removed or changes its meaning; new fields do not raise it. */
export const schemaVersion = 1;

export const commandNames = [
  'check',
  'compile',
  'build',
  'init',
  'run',
  'evaluate',
  'verify',
  'boards',
  'doctor',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface FailureReport {
  readonly schema_version: typeof schemaVersion;
  /** Null when the command was not understood. */
  readonly command: CommandName | null;
  readonly exit_code: number;
  readonly problems: readonly Problem[];
}

export function failureReport(
  command: CommandName | null,
  problems: readonly Problem[],
  exitCode: number,
): FailureReport {
  return { schema_version: schemaVersion, command, exit_code: exitCode, problems };
}

/** One line of JSON in printable characters: names from a model cannot steer the terminal that shows them. */
export function toJsonLine(report: object): string {
  const text = JSON.stringify(report).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
  return `${text}\n`;
}
