/** The JSON objects of the command line: what they share, and how they are written. */
import { z } from 'zod';
import type { Problem } from '../errors.js';

/** Raised when a field is removed or changes its meaning; new fields do not raise it. */
export const schemaVersion = 1;

export const commandNames = ['check', 'compile', 'build', 'run', 'verify', 'boards', 'doctor'] as const;
export type CommandName = (typeof commandNames)[number];

const namedIndex = z.strictObject({ index: z.int(), name: z.string() });

export const problemSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  place: z.strictObject({
    file: z.string().optional(),
    subgraph: z.int().optional(),
    operator: namedIndex.optional(),
    tensor: namedIndex.optional(),
    offset: z.int().optional(),
  }),
});

/** Fields of every object. `problems` is empty after success. */
export const envelopeFields = {
  schema_version: z.literal(schemaVersion),
  exit_code: z.int(),
  problems: z.array(problemSchema),
};

/** What a command prints that found out nothing. `command` is null when it was not understood. */
export const failureSchema = z.strictObject({ ...envelopeFields, command: z.enum(commandNames).nullable() });
export type FailureReport = z.output<typeof failureSchema>;

export const bytes = z.int().nonnegative();

export function failureReport(
  command: CommandName | null,
  problems: readonly Problem[],
  exitCode: number,
): FailureReport {
  return { schema_version: schemaVersion, command, exit_code: exitCode, problems: problems.map(copyProblem) };
}

/** The fields every report begins with. */
export function envelope<Name extends CommandName>(command: Name, exitCode: number, problems: readonly Problem[] = []) {
  return {
    schema_version: schemaVersion as typeof schemaVersion,
    command,
    exit_code: exitCode,
    problems: problems.map(copyProblem),
  };
}

function copyProblem({ code, message, remedy, place }: Problem): z.output<typeof problemSchema> {
  return { code, message, remedy, place: { ...place } };
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
