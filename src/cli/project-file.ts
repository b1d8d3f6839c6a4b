/** Reads `modelc.json` and says what each of its models is compiled with. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { prefixFromFile } from '../codegen/names.js';
import { ModelcError } from '../errors.js';
import { libraryPlace } from '../hosts/host.js';
import { type ProjectFile, parseProjectFile, projectFileName } from '../project/project-file.js';
import { type ProjectReport, projectReport } from '../report/project.js';
import { boardsDirectory, findBoards, ownBoardFolders } from '../targets/load-boards.js';
import { processorNames } from '../targets/processor.js';
import { readInputFile } from './files.js';
import { argumentError, type ProjectArguments } from './project-folder.js';
import type { Outcome, Session } from './session.js';

export interface ProjectModel {
  readonly file: string;
  readonly options: ProjectArguments & { readonly name: string };
}

export interface LoadedProject {
  /** The path of the project file as it was named. */
  readonly path: string;
  readonly project: ProjectFile;
  readonly models: readonly ProjectModel[];
  /** The same session with the boards of the project. */
  readonly session: Session;
}

/** The file, or its folder; `modelc.json` of the working directory when absent. Other options are a mistake. */
export interface ProjectOption {
  readonly project?: string;
}

/** @throws ModelcError `usage/file`, `usage/project`, `usage/argument` */
export function loadProject(session: Session, { project: named, ...surplus }: ProjectOption): LoadedProject {
  const [other] = Object.keys(surplus).filter((key) => key !== 'json');
  if (other !== undefined) {
    const dashed = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw argumentError(
      `--${dashed} belongs to a model, and none is named.`,
      'Name the model, or let the project file say it.',
    );
  }
  const path = named ?? projectFileName;
  const file = basename(path).endsWith('.json') ? path : join(path, projectFileName);
  if (!existsSync(file)) {
    throw new ModelcError({
      code: 'usage/project',
      message: `There is no ${file}.`,
      remedy: 'Name a model, or write a project file with `modelc init MODEL`.',
      place: {},
    });
  }
  const project = parseProjectFile(parsedJson(file), file);
  const root = dirname(file);
  requireDistinctNames(project, file);
  const folders = [...project.boards.map((folder) => resolve(root, folder)), ...ownBoardFolders(resolve(root))];
  const catalogue = session.boards();
  const own = findBoards(folders.filter((folder) => folder !== boardsDirectory));
  const known = new Set([...own.boards, ...own.broken].map(({ name }) => name));
  return {
    path: file,
    project,
    models: models(project, root),
    session: {
      ...session,
      boards: () => ({
        boards: [...own.boards, ...catalogue.boards.filter(({ name }) => !known.has(name))],
        broken: [...own.broken, ...catalogue.broken.filter(({ name }) => !known.has(name))],
      }),
    },
  };
}

/** Runs an action for every model of a project; the outcome says what each of them says. */
export async function forProject(
  command: ProjectReport['command'],
  { path, models, session }: LoadedProject,
  action: (session: Session, file: string, options: ProjectModel['options']) => Promise<Outcome>,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const { file, options } of models) outcomes.push(await action(session, file, options));
  const report = projectReport(
    command,
    path,
    outcomes.map((outcome) => outcome.report as ProjectReport['results'][number]),
  );
  return { report, text: (style) => outcomes.map(({ text }) => text(style)).join('\n') };
}

/** @throws ModelcError `usage/argument` when a project file is named beside a model */
export function requireNoProject({ project }: ProjectOption): void {
  if (project === undefined) return;
  throw argumentError('There are both a model and --project.', 'Leave one of them out.');
}

/** Programs link all models of a project, so their prefixes must differ. */
function requireDistinctNames({ models }: ProjectFile, file: string): void {
  const names = models.map((entry) =>
    typeof entry === 'string' ? prefixFromFile(entry) : (entry.name ?? prefixFromFile(entry.file)),
  );
  const double = names.find((name, i) => names.indexOf(name) !== i);
  if (double === undefined) return;
  throw new ModelcError({
    code: 'usage/project',
    message: `Two models have the prefix "${double}".`,
    remedy: 'Give one of them another "name".',
    place: { file },
  });
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readInputFile(file)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ModelcError({
      code: 'usage/project',
      message: `The file is not JSON: ${error.message}.`,
      remedy: 'Correct it; docs/project-file.md has an example.',
      place: { file },
    });
  }
}

function models(
  { models, board, host, output, budgets, arenaSection, edges, skipPasses, optimize, maxRam }: ProjectFile,
  root: string,
): ProjectModel[] {
  const place = (path: string) => relative('.', resolve(root, path)) || '.';
  const target = typeof board === 'string' ? { board: boardPath(board, root) } : processorOf(board, host !== undefined);
  const entries = models.map((entry) => (typeof entry === 'string' ? { file: entry } : entry));
  return entries.map((entry): ProjectModel => {
    const name = entry.name ?? prefixFromFile(entry.file);
    const folder =
      output === undefined ? (host === undefined ? `out/${name}` : libraryPlace(host, name)) : join(output, name);
    const options: { [Key in keyof ProjectArguments]: ProjectArguments[Key] | undefined } = {
      ...target,
      host,
      name,
      output: place(entry.output ?? folder),
      ramBudget: budgets.ram,
      flashBudget: budgets.flash,
      arenaSection,
      edges,
      skipPass: skipPasses,
      optimize,
      maxRam,
    };
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return { file: place(entry.file), options: { ...Object.fromEntries(given), name } };
  });
}

/** The code of a library is for any processor, so one that modelc does not know does no harm there. */
function processorOf(board: Exclude<ProjectFile['board'], string>, isLibrary: boolean) {
  if (board === undefined) return {};
  return isLibrary && !processorNames.includes(board.cpu) ? { ...board, cpu: 'generic' } : board;
}

/** A board's path is relative to the project file; a name stays. */
function boardPath(board: string, root: string): string {
  return /[/\\]|\.json/.test(board) ? resolve(root, board) : board;
}
