/** The JSON objects of the command line: the schemas they share. */
import { z } from 'zod';
import type { Problem } from '../errors.js';
import { type CommandName, commandNames, schemaVersion } from './failure.js';

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

export const bytes = z.int().nonnegative();

/** A number, or text for what JSON numbers cannot hold: 64-bit integers beyond 2^53, infinities, NaN. */
export const numberOrText = z.union([z.number(), z.string()]);

export function jsonNumber(value: number | bigint): number | string {
  const number = Number(value);
  const exact = typeof value === 'number' ? Number.isFinite(number) : Number.isSafeInteger(number);
  return exact ? number : String(value);
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
