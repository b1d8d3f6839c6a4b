/** `modelc compile`: the C project of a model for a board. */
import { compileReport, compileText } from '../../report/compile.js';
import { createProject, type ProjectArguments } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export async function compile(session: Session, model: string, options: ProjectArguments): Promise<Outcome> {
  const report = compileReport(createProject(session, model, options));
  return { report, text: (style) => compileText(style, report) };
}
