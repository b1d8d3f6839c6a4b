/** `modelc.json`: what a project's models are compiled for, so that `modelc build` needs no arguments. */
import { z } from 'zod';
import { ModelcError } from '../errors.js';
import { hostNames } from '../hosts/host.js';
import { passes } from '../passes/passes.js';
import { byteCount } from '../targets/board.js';

export const projectFileName = 'modelc.json';

const budgets = z.strictObject({
  ram: byteCount.optional().describe('bytes of arena and stack that each model may take'),
  flash: byteCount.optional().describe('bytes of constants that each model may have'),
});

const board = z.union(
  [
    z.string().min(1).describe('name or path of a board, also board:toolchain'),
    z.strictObject({ cpu: z.string().min(1), ram: byteCount.optional(), flash: byteCount.optional() }),
  ],
  { error: 'expected the name or path of a board, or {"cpu", "ram", "flash"}' },
);

const path = z.string().min(1);

/** The form of `modelc.json`. Paths are relative to the file. */
export const projectFileSchema = z.strictObject({
  $schema: z.string().optional(),
  models: z
    .array(
      z.union([path, z.strictObject({ file: path, name: z.string().optional(), output: path.optional() })], {
        error: 'expected the path of a .tflite file, or {"file", "name", "output"}',
      }),
    )
    .min(1)
    .describe('models, each a path or a path with the C prefix and the folder to write to'),
  board: board.optional(),
  boards: z.array(path).default([]).describe('folders with boards of your own'),
  host: z.enum(hostNames).optional().describe('build system to make libraries for; without it, whole projects'),
  output: path.optional().describe('folder in which each model gets a folder of its own'),
  budgets: budgets.default({}),
  edges: z
    .enum(['file', 'int8'])
    .optional()
    .describe('inputs and outputs as in the file, or int8 with their conversion left to the program'),
  skipPasses: z
    .array(z.enum(passes.map(({ name }) => name)))
    .optional()
    .describe('optimisations to leave out'),
  optimize: z
    .enum(['speed', 'balanced', 'ram'])
    .optional()
    .describe('plan for speed, for RAM, or for little RAM at little cost of speed (balanced, default)'),
  maxRam: byteCount.optional().describe('bytes that each arena may have: the fastest plan within them'),
  arenaSection: z
    .string()
    .regex(/^[\w.$-]+$/, 'expected the name of a section such as ".dtcm"')
    .optional()
    .describe('section of the arenas, as the default of NAME_ARENA_ATTR'),
  shareArena: z
    .boolean()
    .default(false)
    .describe('writes modelc_arena.h with the size of an arena that holds any model'),
});

export type ProjectFile = z.output<typeof projectFileSchema>;

/**
 * Checks the content of a `modelc.json`, already parsed.
 *
 * @throws ModelcError `usage/project` with every problem
 */
export function parseProjectFile(json: unknown, file: string): ProjectFile {
  const result = projectFileSchema.safeParse(json);
  if (result.success) return result.data;
  throw new ModelcError(
    result.error.issues.map((issue) => {
      const where = issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
      return {
        code: 'usage/project',
        message: `${where}: ${issue.message}.`,
        remedy: 'docs/project-file.md describes every key.',
        place: { file },
      };
    }),
  );
}

/** The text of a new project file. */
export function newProjectFile(project: z.input<typeof projectFileSchema>): string {
  return `${JSON.stringify({ $schema: './node_modules/modelc/docs/modelc.schema.json', ...project }, undefined, 2)}\n`;
}
