/** The schemas of all objects that `--json` prints, by the name of the command. */
import { z } from 'zod';
import { boardsSchema } from './boards.js';
import { checkSchema } from './check.js';
import { buildSchema, compileSchema } from './compile.js';
import { doctorSchema } from './doctor.js';
import { evaluateSchema } from './evaluate.js';
import { initSchema } from './init.js';
import { failureSchema } from './json.js';
import { projectSchema } from './project.js';
import { runSchema } from './run.js';
import { verifySchema } from './verify.js';

export const reportSchemas = {
  check: checkSchema,
  compile: compileSchema,
  build: buildSchema,
  init: initSchema,
  run: runSchema,
  evaluate: evaluateSchema,
  verify: verifySchema,
  boards: boardsSchema,
  doctor: doctorSchema,
  /** What check, build and verify print for the models of a project file. */
  project: projectSchema,
  /** What any command prints that found out nothing. */
  failure: failureSchema,
} as const;

export const reportNames = Object.keys(reportSchemas) as readonly (keyof typeof reportSchemas)[];

/** JSON Schema (2020-12) of a report. Objects may get fields within one `schema_version`. */
export function jsonSchema(name: keyof typeof reportSchemas): object {
  const text = JSON.stringify(z.toJSONSchema(reportSchemas[name]), (key, value) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );
  return { $id: `modelc/${name}.schema.json`, title: `modelc ${name} --json`, ...JSON.parse(text) };
}
