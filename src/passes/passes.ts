/** The rewrites between reading and planning, in order. Each keeps every output byte and can be switched off by name. */
import type { Graph } from '../ir/graph.js';
import { dropConstantChannels } from './constant-channels.js';
import { foldConstants } from './constant-folding.js';
import { removeDeadOperators } from './dead-code.js';
import { foldPadding } from './padding.js';

export const passes: readonly { readonly name: string; readonly run: (graph: Graph) => Graph }[] = [
  { name: 'fold-constants', run: foldConstants },
  { name: 'fold-padding', run: foldPadding },
  { name: 'drop-constant-channels', run: dropConstantChannels },
  { name: 'remove-dead-operators', run: removeDeadOperators },
];

/** Runs all passes but those named in `skip`. */
export function optimize(graph: Graph, skip: readonly string[] = []): Graph {
  return passes.reduce((current, pass) => (skip.includes(pass.name) ? current : pass.run(current)), graph);
}
