/** Options of every command that compiles a model. */
import type { Edges, PrepareOptions } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { passes } from '../passes/passes.js';

export interface ModelArguments {
  readonly edges?: Edges;
  readonly skipPass?: readonly string[];
}

/** @throws ModelcError `usage/argument` for a pass that does not exist */
export function compileOptions({ edges = 'file', skipPass = [] }: ModelArguments): PrepareOptions {
  const known = passes.map(({ name }) => name);
  const unknown = skipPass.find((name) => !known.includes(name));
  if (unknown === undefined) return { edges, skipPasses: skipPass };
  throw new ModelcError({
    code: 'usage/argument',
    message: `There is no pass "${unknown}". The passes are ${known.join(', ')}.`,
    remedy: 'Name passes after --skip-pass, separated by commas.',
    place: {},
  });
}
