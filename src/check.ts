/** What can be said about a model before a board is chosen. */
import { type CompiledModel, type CompileOptions, compileRead } from './compiler.js';
import { ModelcError, type Problem } from './errors.js';
import type { Model } from './ir/graph.js';
import { readModel } from './tflite/reader.js';

export type ModelCheck =
  | { readonly model: Model; readonly compiled: CompiledModel; readonly problems: readonly [] }
  | { readonly model: Model; readonly compiled?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads and compiles a model, with the problems of its operators as a result.
 *
 * @throws ModelcError `format/*`, `model/*` when the file cannot be read at all
 */
export function checkModel(bytes: Uint8Array, options: CompileOptions = {}): ModelCheck {
  const model = readModel(bytes);
  try {
    const compiled = compileRead(model, options);
    return { model: compiled.model, compiled, problems: [] };
  } catch (error) {
    if (error instanceof ModelcError) return { model, problems: error.problems };
    throw error;
  }
}
