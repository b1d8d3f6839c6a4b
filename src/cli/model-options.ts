/** Options of every command that compiles a model. */
import type { Edges, PrepareOptions, Wishes } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { passes } from '../passes/passes.js';
import type { Objective } from '../schedule/plan-memory.js';

export interface ModelArguments {
  readonly edges?: Edges;
  readonly skipPass?: readonly string[];
  readonly optimize?: Objective;
  /** Bytes of the arena. */
  readonly maxRam?: number;
}

/** Only the options that every command takes. */
export function modelArguments({ edges, skipPass, optimize, maxRam }: ModelArguments): ModelArguments {
  return {
    ...(edges && { edges }),
    ...(skipPass && { skipPass }),
    ...(optimize && { optimize }),
    ...(maxRam && { maxRam }),
  };
}

export function wishesOf({ optimize, maxRam }: ModelArguments): Wishes {
  return { ...(optimize === undefined ? {} : { objective: optimize }), ...(maxRam === undefined ? {} : { maxRam }) };
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
