/** The results of `modelc compile` and `modelc build`. */
import { z } from 'zod';
import type { Project } from '../codegen/project.js';
import type { Program } from '../compiler.js';
import { ExitCode } from '../errors.js';
import type { BoardSelection } from '../targets/board.js';
import type { FlashUse } from '../verify/link-map.js';
import type { WrittenProject } from '../verify/write-project.js';
import { arenaText } from './check.js';
import { bytes, envelope, envelopeFields } from './json.js';
import { modelSchema, modelSummary } from './model.js';
import { facts, grouped, printable, type Style } from './terminal.js';

export const flashSchema = z.strictObject({
  /** The whole image: start-up, board support, example application and model. */
  total: bytes,
  /** Constants of the model. */
  weights: bytes,
  /** Code of the model. */
  code: bytes,
});

const projectFields = {
  ...envelopeFields,
  model: modelSchema,
  /** The board, or the name of a processor. */
  board: z.string(),
  toolchain: z.string(),
  /** The build system the library is for; null for a whole project. */
  host: z.string().nullable(),
  /** The project's folder as the user named it. */
  directory: z.string(),
  /** Paths in that folder. */
  files: z.array(z.string()),
  /** What this command changed in the folder; empty when everything was as it should be. */
  written: z.array(z.string()),
  removed: z.array(z.string()),
  /** Files of the user that were left alone. */
  kept: z.array(
    z.strictObject({
      path: z.string(),
      /** Where modelc's content lies when it is new; null when the user has seen it before. */
      new_version: z.string().nullable(),
      /** True when the project has no such file any more. */
      obsolete: z.boolean(),
    }),
  ),
  arena_bytes: bytes,
  arena_lower_bound: bytes,
  weights_bytes: bytes,
  stack_bytes_bound: bytes,
};

export const compileSchema = z.strictObject({ ...projectFields, command: z.literal('compile') });
export type CompileReport = z.output<typeof compileSchema>;

export const buildSchema = z.strictObject({
  ...projectFields,
  command: z.literal('build'),
  /** The program, in the project's folder. */
  firmware: z.string(),
  /** Null on the host. */
  flash: flashSchema.nullable(),
});
export type BuildReport = z.output<typeof buildSchema>;

export interface ProjectFacts {
  readonly compiled: Program;
  readonly project: Project;
  readonly name: string;
  readonly selection: BoardSelection;
  readonly directory: string;
  readonly changes: WrittenProject;
  readonly stackBytesBound: number;
  /** The build system a library was made for. */
  readonly host?: string;
}

function projectReport({
  compiled,
  project,
  name,
  selection,
  directory,
  changes,
  stackBytesBound,
  host,
}: ProjectFacts) {
  return {
    model: modelSummary(compiled, name),
    board: selection.board.name,
    toolchain: selection.toolchain.name,
    host: host ?? null,
    directory,
    files: project.files.map(({ path }) => path),
    written: [...changes.written],
    removed: [...changes.removed],
    kept: changes.kept.map(({ path, newVersion, obsolete }) => ({ path, new_version: newVersion ?? null, obsolete })),
    arena_bytes: compiled.plan.arenaBytes,
    arena_lower_bound: compiled.plan.lowerBound,
    weights_bytes: project.constantBytes,
    stack_bytes_bound: stackBytesBound,
  };
}

export function compileReport(given: ProjectFacts): CompileReport {
  return { ...envelope('compile', ExitCode.ok), ...projectReport(given) };
}

export function buildReport(given: ProjectFacts, flash: FlashUse | undefined): BuildReport {
  return {
    ...envelope('build', ExitCode.ok),
    ...projectReport(given),
    firmware: 'firmware.elf',
    flash: flash === undefined ? null : { ...flash },
  };
}

export function compileText(style: Style, report: CompileReport): string {
  const directory = printable(report.directory);
  return [
    title(style, report),
    facts(style, [
      ...projectFacts(report),
      ['files', `${report.files.length} in ${directory}, ${changesText(report)}`],
    ]),
    ...keptText(style, report),
    report.host === null
      ? `Next: make -C ${shellWord(directory)}`
      : `Next: docs/hosts/${report.host}.md says how to use the library`,
    '',
  ].join('\n');
}

export function buildText(style: Style, report: BuildReport): string {
  return [
    title(style, report),
    facts(style, [
      ...projectFacts(report),
      ...(report.flash === null ? [] : [['flash', flashText(report.flash)] as const]),
      ['firmware', `${printable(report.directory)}/${report.firmware}`],
    ]),
    ...keptText(style, report),
    '',
  ].join('\n');
}

function changesText({ written, removed }: CompileReport): string {
  const changes = [
    ...(written.length > 0 ? [`${written.length} written`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  return changes.length === 0 ? 'nothing changed' : changes.join(', ');
}

/** One line for each file of the user: what became of it, and how to go on. */
function keptText(style: Style, { kept }: CompileReport | BuildReport): string[] {
  return kept.map(({ path, new_version, obsolete }) => {
    const advice = obsolete
      ? 'the project has no such file any more'
      : new_version === null
        ? "to get modelc's, delete it and compile again"
        : `modelc's new version is ${printable(new_version)}`;
    return `${style.bold(`kept ${printable(path)}`)}: you changed it; ${advice}`;
  });
}

/** A word as a shell reads it. */
function shellWord(text: string): string {
  return /^[\w./+,@%:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function flashText({ total, weights, code }: z.output<typeof flashSchema>): string {
  return `${grouped(total)} bytes: ${grouped(weights)} weights, ${grouped(code)} model code, ${grouped(total - weights - code)} start-up and example`;
}

function title(style: Style, { model, board, toolchain, host }: CompileReport | BuildReport): string {
  const target = host === null ? `${board}, ${toolchain}` : host;
  return `${style.bold(model.name)} for ${target}`;
}

function projectFacts(report: CompileReport | BuildReport): (readonly [string, string])[] {
  return [
    ['arena', arenaText(report.arena_bytes, report.arena_lower_bound)],
    ['weights', `${grouped(report.weights_bytes)} bytes`],
    ['stack', `at most ${grouped(report.stack_bytes_bound)} bytes`],
  ];
}
