/** `modelc doctor`: which compilers and simulators there are, and which are missing. */
import { doctorReport, doctorText } from '../../report/doctor.js';
import { inspectTools } from '../../simulators/toolchain.js';
import { boardsNamed } from '../board-selection.js';
import type { Outcome, Session } from '../session.js';

export interface DoctorArguments {
  /** Asks only for what these boards need. */
  readonly board?: string;
}

export async function doctor(session: Session, { board }: DoctorArguments): Promise<Outcome> {
  const all = session.boards();
  const selected = board === undefined ? all.boards : boardsNamed(all, board);
  const tools = await inspectTools(selected, session.signal);
  const report = doctorReport(board === undefined ? tools : tools.filter(({ neededBy }) => neededBy.length > 0));
  return { report, text: (style) => doctorText(style, report) };
}
