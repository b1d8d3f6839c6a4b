/** `modelc build`: compiles a model and builds the firmware; without a model, all that `modelc.json` says. */
import { dirname, join } from 'node:path';
import { ModelcError } from '../../errors.js';
import { sharedArenaHeader } from '../../hosts/shared-arena.js';
import { buildReport, buildText, compileReport, compileText } from '../../report/compile.js';
import { buildProject, measureFlash } from '../../verify/build-project.js';
import { type KeptFile, writeProject } from '../../verify/write-project.js';
import { forProject, loadProject, requireNoProject } from '../project-file.js';
import { createProject, type ProjectArguments } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export interface BuildArguments extends ProjectArguments {
  /** A project file, or its folder. */
  readonly project?: string;
}

export async function build(session: Session, model: string | undefined, options: BuildArguments): Promise<Outcome> {
  if (model !== undefined) {
    requireNoProject(options);
    return buildModel(session, model, options);
  }
  const loaded = loadProject(session, options);
  const outcome = await forProject('build', loaded, (own, file, options) =>
    options.host === undefined ? buildModel(own, file, options) : makeLibrary(own, file, options),
  );
  const { project, path, models } = loaded;
  if (project.shareArena && project.host !== undefined) {
    const header = sharedArenaHeader(models.map(({ options }) => options.name));
    writeProject(join(dirname(path), project.output ?? '.', 'modelc_arena'), [header]);
  }
  return outcome;
}

async function makeLibrary(session: Session, model: string, options: ProjectArguments): Promise<Outcome> {
  const report = compileReport(createProject(session, model, options));
  return { report, text: (style) => compileText(style, report) };
}

async function buildModel(session: Session, model: string, options: ProjectArguments): Promise<Outcome> {
  const project = createProject(session, model, options);
  const { board, toolchain } = project.selection;
  session.progress(`build ${project.directory}`);
  try {
    await buildProject(project.directory, board, toolchain, ['firmware.elf'], [], session.signal);
  } catch (error) {
    throw withKeptFiles(error, project.changes.kept);
  }
  const report = buildReport(project, measureFlash(project.directory, board, project.name));
  return { report, text: (style) => buildText(style, report) };
}

/** Where files of the user took part, they are the first suspects. */
function withKeptFiles(error: unknown, kept: readonly KeptFile[]): unknown {
  const changed = kept.filter(({ obsolete }) => !obsolete).map(({ path }) => path);
  if (!(error instanceof ModelcError) || changed.length === 0) return error;
  const remedy = `Run make in the project's folder to see all of it. Files that you changed take part: ${changed.join(', ')}.`;
  return new ModelcError(
    error.problems.map((problem) => (problem.code === 'build/failed' ? { ...problem, remedy } : problem)),
  );
}
