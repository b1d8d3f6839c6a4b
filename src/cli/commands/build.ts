/** `modelc build`: compiles a model and builds the firmware. */
import { buildReport, buildText } from '../../report/compile.js';
import { buildProject, measureFlash } from '../../verify/build-project.js';
import { createProject, type ProjectArguments } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export async function build(session: Session, model: string, options: ProjectArguments): Promise<Outcome> {
  const project = createProject(session, model, options);
  const { board, toolchain } = project.selection;
  session.progress(`build ${project.directory}`);
  await buildProject(project.directory, board, toolchain, ['firmware.elf'], [], session.signal);
  const report = buildReport(project, measureFlash(project.directory, board, project.name));
  return { report, text: (style) => buildText(style, report) };
}
