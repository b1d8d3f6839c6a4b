/** `modelc check`: will it run, on which boards, and if not, why. */
import { checkModel } from '../../check.js';
import { checkReport, checkText } from '../../report/check.js';
import { type Board, boardOfProcessor } from '../../targets/board.js';
import { boardsNamed } from '../board-selection.js';
import { inFile, readModelFile } from '../files.js';
import { compileOptions, type ModelArguments, modelArguments, wishesOf } from '../model-options.js';
import { forProject, loadProject, type ProjectOption, requireNoProject } from '../project-file.js';
import { argumentError } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export interface CheckArguments extends ModelArguments {
  readonly board?: string;
  /** A processor, and the memory that comes with it: a board without a description. */
  readonly cpu?: string;
  readonly ram?: number;
  readonly flash?: number;
}

export async function check(
  session: Session,
  model: string | undefined,
  options: CheckArguments & ProjectOption,
): Promise<Outcome> {
  if (model !== undefined) {
    requireNoProject(options);
    return checkModelFile(session, model, options);
  }
  return forProject('check', loadProject(session, options), (own, file, { board, cpu, ram, flash, ...options }) => {
    const meaning = modelArguments(options);
    if (board !== undefined) return checkModelFile(own, file, { board, ...meaning });
    const known = cpu !== undefined && ram !== undefined && flash !== undefined;
    return checkModelFile(own, file, known ? { cpu, ram, flash, ...meaning } : meaning);
  });
}

async function checkModelFile(session: Session, model: string, options: CheckArguments): Promise<Outcome> {
  const asked = askedBoards(session, options);
  const { path, bytes, name } = readModelFile(model);
  const result = inFile(path, () => checkModel(bytes, compileOptions(options)));
  const report = inFile(path, () =>
    checkReport(result, {
      name,
      boards: asked ?? session.boards().boards,
      boardsRequired: asked !== undefined,
      wishes: wishesOf(options),
    }),
  );
  return { report, text: (style) => checkText(style, report) };
}

/** Undefined when the user named no board: then all are tried. */
function askedBoards(session: Session, { board, cpu, ram, flash }: CheckArguments): readonly Board[] | undefined {
  if (cpu === undefined && (ram !== undefined || flash !== undefined)) {
    throw argumentError('--ram and --flash belong to a processor.', 'Name it with --cpu, for example --cpu cortex-m4.');
  }
  if (cpu === undefined) return board === undefined ? undefined : boardsNamed(session.boards(), board);
  if (board !== undefined) throw argumentError('--board and --cpu exclude each other.', 'Leave one of them out.');
  if (ram === undefined || flash === undefined) {
    throw argumentError(
      'A processor alone has no memory.',
      'Add --ram and --flash, for example --ram 128K --flash 512K.',
    );
  }
  return [boardOfProcessor(cpu, ram, flash)];
}
