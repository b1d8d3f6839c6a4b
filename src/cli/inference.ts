/** Inferences where the user wants them: in the interpreter, or on a board. */
import { lowerForBoards, type PreparedModel, type Wishes } from '../compiler.js';
import { interpret } from '../interpreter/interpreter.js';
import { requireSimulator } from '../simulators/run-firmware.js';
import type { BoardSelection } from '../targets/board.js';
import { resolveBoard } from '../targets/load-boards.js';
import { selectionName } from './board-selection.js';
import { withTemporaryFolder } from './files.js';
import type { Session } from './session.js';

export interface InferencePlace {
  /** `interpreter`, or `<board>:<toolchain>`. */
  readonly on: string;
  readonly selection?: BoardSelection;
}

/** @throws ModelcError `usage/board` */
export function inferencePlace(session: Session, on: string): InferencePlace {
  if (on === 'interpreter') return { on };
  const selection = requireSimulator(resolveBoard(session.boards(), on));
  return { on: selectionName(selection), selection };
}

/** Samples between two looks at whether the user has interrupted. */
const samplesAtOnce = 16;

/**
 * The raw outputs of each case.
 *
 * @throws ModelcError `fit/*`, `build/*`, `device/*` on a board; the signal's reason when it is aborted
 */
export async function infer(
  session: Session,
  prepared: PreparedModel,
  { on, selection }: InferencePlace,
  name: string,
  cases: readonly (readonly Uint8Array[])[],
  timeoutSeconds: number,
  wishes: Wishes = {},
): Promise<readonly (readonly Uint8Array[])[]> {
  if (selection === undefined) {
    const outputs: (readonly Uint8Array[])[] = [];
    for (const [i, inputs] of cases.entries()) {
      if (i % samplesAtOnce === 0 && i > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        session.signal.throwIfAborted();
        session.progress(`${on}: ${i} of ${cases.length}`);
      }
      outputs.push(interpret(prepared.graph, prepared.layers, inputs).outputs);
    }
    return outputs;
  }
  const { runOnBoard } = await import('../verify/run-on-board.js');
  return withTemporaryFolder((directory) =>
    runOnBoard(lowerForBoards(prepared, wishes)(selection.board), session.assets(), {
      name,
      ...selection,
      cases,
      directory,
      timeoutMs: timeoutSeconds * 1000,
      signal: session.signal,
      onProgress: (step) => session.progress(`${on}: ${step}`),
    }),
  );
}
