/** What can be said about a model before a board is chosen. */
import { type PreparedModel, type PrepareOptions, prepareRead } from './compiler.js';
import { ModelcError, type Problem } from './errors.js';
import type { Model } from './ir/graph.js';
import { readModel } from './tflite/reader.js';

export type ModelCheck =
  | { readonly model: Model; readonly prepared: PreparedModel; readonly problems: readonly [] }
  | { readonly model: Model; readonly prepared?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads and prepares a model, with the problems of its operators as a result.
 *
 * @throws ModelcError `format/*`, `model/*` when the file cannot be read at all
 */
export function checkModel(bytes: Uint8Array, options: PrepareOptions = {}): ModelCheck {
  const model = readModel(bytes);
  try {
    const prepared = prepareRead(model, options);
    return { model: prepared.model, prepared, problems: [] };
  } catch (error) {
    if (error instanceof ModelcError) return { model, problems: error.problems };
    throw error;
  }
}
