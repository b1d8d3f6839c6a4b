/** `modelc build`: compiles a model and builds the firmware. */
import { ModelcError } from '../../errors.js';
import { buildReport, buildText } from '../../report/compile.js';
import { buildProject, measureFlash } from '../../verify/build-project.js';
import type { KeptFile } from '../../verify/write-project.js';
import { createProject, type ProjectArguments } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export async function build(session: Session, model: string, options: ProjectArguments): Promise<Outcome> {
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
