/** The forms of the files that users write and of what commands print, as JSON Schema. */
import { z } from 'zod';
import { jsonSchema, reportNames } from '../report/schemas.js';
import { boardFileSchema } from '../targets/board.js';
import { projectFileSchema } from './project-file.js';

/** Each schema with its place in the package; `scripts/generate-json-schemas.ts` writes them there. */
export function publishedSchemas(): readonly { readonly path: string; readonly text: string }[] {
  const files = [
    { path: 'boards/board.schema.json', title: 'A board of modelc', schema: boardFileSchema },
    { path: 'docs/modelc.schema.json', title: 'A project of modelc', schema: projectFileSchema },
  ].map(({ path, title, schema }) => ({
    path,
    text: `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, undefined, 2)}\n`,
  }));
  const reports = reportNames.map((name) => ({
    path: `docs/schemas/${name}.schema.json`,
    text: `${JSON.stringify(jsonSchema(name), undefined, 2)}\n`,
  }));
  return [...files, ...reports];
}
