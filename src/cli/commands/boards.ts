/** `modelc boards`: the boards modelc knows. */
import { boardsReport, boardsText } from '../../report/boards.js';
import type { Outcome, Session } from '../session.js';

export async function boards(session: Session): Promise<Outcome> {
  const report = boardsReport(session.boards());
  return { report, text: (style) => boardsText(style, report) };
}
