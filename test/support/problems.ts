import { ModelcError, type Problem } from '../../src/errors.js';

/** The problems that `action` throws; none when it returns. Other errors pass through. */
export function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof ModelcError) return error.problems;
    throw error;
  }
}
