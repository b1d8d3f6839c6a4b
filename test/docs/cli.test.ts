import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ExitCode, problemCodes } from '../../src/errors.js';
import { boardsSchema } from '../../src/report/boards.js';
import { checkSchema } from '../../src/report/check.js';
import { buildSchema, compileSchema } from '../../src/report/compile.js';
import { doctorSchema } from '../../src/report/doctor.js';
import { evaluateSchema } from '../../src/report/evaluate.js';
import { runSchema } from '../../src/report/run.js';
import { verifySchema } from '../../src/report/verify.js';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const named = new Set([...page.matchAll(/`([\w/-]+)`/g)].map(([, name]) => name));

/** Names of all fields in a JSON schema, at any depth. */
function fieldNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(fieldNames)];
}

describe('docs/cli.md', () => {
  it.each(
    Object.entries({
      boardsSchema,
      buildSchema,
      checkSchema,
      compileSchema,
      doctorSchema,
      evaluateSchema,
      runSchema,
      verifySchema,
    }),
  )('names every field of %s', (_, schema) => {
    const fields = fieldNames(z.toJSONSchema(schema));
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => !named.has(field))).toEqual([]);
  });

  it('names every problem code', () => {
    expect(Object.keys(problemCodes).filter((code) => !named.has(code))).toEqual([]);
  });

  it('names every exit code', () => {
    const rows = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(rows).toEqual(Object.values(ExitCode));
  });
});
