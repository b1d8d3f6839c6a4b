/** What the inputs and outputs of a model are called: in C, in reports and for whoever chooses one by its name. */
import type { Graph, Model } from '../ir/graph.js';

export interface EdgeName {
  /** As the model's signature has it; undefined without a signature, or when it does not name this tensor. */
  readonly signature?: string;
  /** Part of C identifiers: lower case, unique among the inputs or the outputs. Undefined when nothing tells it apart. */
  readonly identifier?: string;
}

export interface EdgeNames {
  /** By position among the graph's inputs. */
  readonly inputs: readonly EdgeName[];
  readonly outputs: readonly EdgeName[];
}

/** The names of the main graph's inputs and outputs, from the signature `serving_default` or else the first there is. */
export function edgeNames({ graphs, signatures }: Pick<Model, 'graphs' | 'signatures'>): EdgeNames {
  const graph = graphs[0] as Graph;
  const own = signatures.filter(({ subgraph }) => subgraph === 0);
  const signature = own.find(({ key }) => key === 'serving_default') ?? own[0];
  return {
    inputs: named(graph, graph.inputs, signature?.inputs ?? []),
    outputs: named(graph, graph.outputs, signature?.outputs ?? []),
  };
}

function named(
  graph: Graph,
  indices: readonly number[],
  entries: readonly { readonly name: string; readonly tensor: number }[],
): EdgeName[] {
  const taken: string[] = [];
  return indices.map((index) => {
    const signature = entries.find(({ tensor }) => tensor === index)?.name;
    const part = identifierOf(signature ?? tensorPart(graph.tensors[index]?.name ?? ''));
    const identifier = part === '' ? undefined : unique(part, taken);
    if (identifier !== undefined) taken.push(identifier);
    return { ...(signature === undefined ? {} : { signature }), ...(identifier === undefined ? {} : { identifier }) };
  });
}

/** What converters call values that nobody named. */
const generated = /^(stateful)?partitionedcall(_\d+)?$|^identity(_\d+)?$/i;

/** `serving_default_accel:0` → `accel`, `model/dense/BiasAdd;model/dense/MatMul` → `dense_BiasAdd`. */
function tensorPart(name: string): string {
  const plain = (name.split(';')[0] as string).replace(/:\d+$/, '').replace(/^serving_default_/, '');
  return generated.test(plain) ? '' : plain.split('/').slice(-2).join('_');
}

const longestPart = 40;

function identifierOf(name: string): string {
  return name
    .slice(-4 * longestPart)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(-longestPart)
    .replace(/^_+/, '');
}

/** What macros of an input or output end in: `A` with `A_BYTES` and an input called `a_bytes` would be one macro. */
export const edgeSuffixes = ['bytes', 'elements', 'shape', 'rank', 'scale', 'zero_point'];

function unique(part: string, taken: readonly string[]): string {
  const clashes = (candidate: string) =>
    taken.some(
      (other) =>
        other === candidate ||
        edgeSuffixes.some((suffix) => candidate === `${other}_${suffix}` || other === `${candidate}_${suffix}`),
    );
  let candidate = part;
  for (let number = 2; clashes(candidate); number++) candidate = `${part}_${number}`;
  return candidate;
}
