/** `modelc check`: will it run, on which boards, and if not, why. */
import { checkModel } from '../../check.js';
import { checkReport, checkText } from '../../report/check.js';
import { boardsNamed, compileOptions, type ModelArguments } from '../arguments.js';
import { inFile, readModelFile } from '../files.js';
import type { Outcome, Session } from '../session.js';

export interface CheckArguments extends ModelArguments {
  readonly board?: string;
}

export async function check(session: Session, model: string, { board, ...options }: CheckArguments): Promise<Outcome> {
  const all = session.boards();
  const asked = board === undefined ? undefined : boardsNamed(all, board);
  const { path, bytes, name } = readModelFile(model);
  const result = inFile(path, () => checkModel(bytes, compileOptions(options)));
  const report = checkReport(result, {
    name,
    boards: asked ?? all,
    boardsRequired: asked !== undefined,
  });
  return { report, text: (style) => checkText(style, report) };
}
