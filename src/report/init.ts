/** The result of `modelc init`. */
import { z } from 'zod';
import type { Program } from '../compiler.js';
import { ExitCode } from '../errors.js';
import { envelope, envelopeFields } from './json.js';
import { modelSchema, modelSummary } from './model.js';
import { facts, printable, type Style } from './terminal.js';

export const initSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('init'),
  model: modelSchema,
  board: z.string(),
  /** The build system; null for a project with modelc's own makefile. */
  host: z.string().nullable(),
  /** The project's folder as the user named it. */
  directory: z.string(),
  /** Paths in that folder, without those of the generated library. */
  files: z.array(z.string()),
});
export type InitReport = z.output<typeof initSchema>;

export interface InitFacts {
  readonly compiled: Program;
  readonly name: string;
  readonly host: string | undefined;
  readonly board: string;
  readonly directory: string;
  readonly files: readonly string[];
}

export function initReport({ compiled, name, host, board, directory, files }: InitFacts): InitReport {
  return {
    ...envelope('init', ExitCode.ok),
    model: modelSummary(compiled, name),
    board,
    host: host ?? null,
    directory,
    files: [...files],
  };
}

export function initText(style: Style, { model, host, board, directory, files }: InitReport): string {
  const target = host ?? board;
  const next = host === null ? `cd ${printable(directory)} && modelc build` : `docs/hosts/${host}.md`;
  return [
    `${style.bold(model.name)}: new project for ${target}`,
    facts(style, [
      ['folder', printable(directory)],
      ['files', files.map(printable).join(', ')],
    ]),
    `Next: ${next}`,
    '',
  ].join('\n');
}
