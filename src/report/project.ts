/** The result of a command on all models of a project file. */
import { z } from 'zod';
import { type ExitCode, worstExitCode } from '../errors.js';
import { checkSchema } from './check.js';
import { buildSchema, compileSchema } from './compile.js';
import { schemaVersion } from './failure.js';
import { envelopeFields } from './json.js';
import { verifySchema } from './verify.js';

export const projectSchema = z.strictObject({
  ...envelopeFields,
  command: z.enum(['build', 'check', 'verify']),
  /** The project file. */
  project: z.string(),
  /** For each model what the command says of it alone; `build` of a library says what `compile` does. */
  results: z.array(z.union([buildSchema, compileSchema, checkSchema, verifySchema])),
});
export type ProjectReport = z.output<typeof projectSchema>;
type Result = ProjectReport['results'][number];

export function projectReport(
  command: ProjectReport['command'],
  project: string,
  results: readonly Result[],
): ProjectReport {
  return {
    schema_version: schemaVersion,
    command,
    exit_code: worstExitCode(results.map(({ exit_code }) => exit_code as ExitCode)),
    problems: results.flatMap(({ problems }) => problems),
    project,
    results: [...results],
  };
}
