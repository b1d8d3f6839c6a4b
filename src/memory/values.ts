/** From a graph to values, bytes with one writer, and to the layers that read and write them. */
import { ModelcError, type Place, type Problem } from '../errors.js';
import { byteLength, elementCount } from '../ir/element-type.js';
import type { Graph, Operator, Tensor } from '../ir/graph.js';
import { type Access, emptySpan, type Granule, type LayerAccess } from './access.js';
import { minimumAlignment, tensorAlignment } from './alignment.js';

/** Bytes in the arena that one layer, or the caller, writes. Operators that only rename give a value more tensors. */
export interface Value {
  readonly id: number;
  /** Tensor indices, the written one first. */
  readonly tensors: readonly number[];
  readonly bytes: number;
  /** Power of two. */
  readonly align: number;
  /** Index into `MemoryProblem.layers` of the layer that writes it, and the output slot; absent for a graph input. */
  readonly writer?: Use;
  /** In the order of layers. */
  readonly readers: readonly Use[];
  /** Whether the caller reads it after the last event. */
  readonly isOutput: boolean;
}

export interface Use {
  readonly layer: number;
  readonly slot: number;
}

/** A layer that runs: everything in the order of execution. */
export interface PlanLayer {
  /** Position in `graph.operators`; `inputRows` for the layer that takes a streamed input. */
  readonly position: number;
  readonly name: string;
  readonly granules: readonly Granule[];
  /** Estimated instructions with the fastest granule. */
  readonly work: number;
  readonly reads: readonly { readonly slot: number; readonly value: Value }[];
  readonly writes: readonly { readonly slot: number; readonly value: Value }[];
}

export interface MemoryProblem {
  readonly values: readonly Value[];
  /** Without the layers whose outputs are all aliases: they have no code. */
  readonly layers: readonly PlanLayer[];
  /** By tensor index. */
  readonly byTensor: ReadonlyMap<number, Value>;
  /** Positions of the layers whose outputs are aliases. */
  readonly renamed: readonly number[];
  /** Positions in `graph.operators` in execution order. */
  readonly order: readonly number[];
}

/** `PlanLayer.position` of the layer that stores the rows of a streamed input. */
export const inputRows = -1;

/** An input that the caller hands over in pieces instead of storing it in the arena. */
export interface StreamedInput {
  /** Index into `graph.inputs`. */
  readonly input: number;
  /** Bytes of a row; divides the input. */
  readonly rowBytes: number;
}

export interface ProblemOptions {
  readonly streamedInput?: StreamedInput;
  /** Positions of operators that have to copy although their output could be an alias. */
  readonly copies?: ReadonlySet<number>;
}

/** Instructions of a layer that nothing is known about, for each byte it reads or writes. */
const instructionsPerByte = 8;
/** Arenas are addressed with 32 bits. */
const maxTensorBytes = 2 ** 32 - 1;

interface OpenValue {
  readonly id: number;
  readonly tensors: number[];
  readonly bytes: number;
  align: number;
  writer?: Use;
  readonly readers: Use[];
  isOutput: boolean;
}

/**
 * The values of a graph whose operators run in `order` (positions in `graph.operators`), `accesses` indexed like them.
 *
 * Throws ModelcError `model/invalid` when a tensor is read before it is written, is written twice, or a graph output is
 * never written, and `fit/ram` when a tensor exceeds 32-bit addresses; all problems at once.
 */
export function memoryProblem(
  graph: Graph,
  order: readonly number[],
  accesses: readonly LayerAccess[],
  { streamedInput, copies = new Set() }: ProblemOptions = {},
): MemoryProblem {
  assertPermutation(order, graph.operators.length);
  const problems: Problem[] = [];
  const values: OpenValue[] = [];
  const byTensor = new Map<number, OpenValue>();
  const tensorAt = (index: number) => graph.tensors[index] as Tensor;

  const create = (index: number, operator: Operator | undefined, writer?: Use): OpenValue | undefined => {
    const tensor = tensorAt(index);
    if (tensor.isVariable) return undefined;
    if (tensor.data !== undefined || byTensor.has(index)) {
      if (operator !== undefined) problems.push(writtenTwice(operator, tensor));
      return undefined;
    }
    const bytes = byteLength(tensor.type, elementCount(tensor.shape));
    if (bytes === undefined) return undefined;
    if (!(bytes <= maxTensorBytes)) problems.push(tooLarge(operator, tensor, bytes));
    const align = tensorAlignment(tensor.type);
    const value = {
      id: values.length,
      tensors: [index],
      bytes,
      align,
      ...(writer && { writer }),
      readers: [],
      isOutput: false,
    };
    values.push(value);
    byTensor.set(index, value);
    return value;
  };
  const find = (index: number, operator: Operator | undefined): OpenValue | undefined => {
    const value = byTensor.get(index);
    if (value === undefined && isPlanned(tensorAt(index))) problems.push(neverWritten(operator, tensorAt(index)));
    return value;
  };

  const layers: PlanLayer[] = [];
  const renamed: number[] = [];
  for (const input of graph.inputs) create(input, undefined);
  if (streamedInput !== undefined) {
    const value = byTensor.get(graph.inputs[streamedInput.input] as number);
    if (value === undefined) throw new RangeError(`the graph has no input ${streamedInput.input}`);
    value.writer = { layer: 0, slot: 0 };
    layers.push({
      position: inputRows,
      name: 'INPUT_ROWS',
      granules: [inputGranule(value.bytes, streamedInput.rowBytes)],
      work: value.bytes,
      reads: [],
      writes: [{ slot: 0, value }],
    });
  }
  for (const position of order) {
    const operator = graph.operators[position] as Operator;
    const { granules, aliases = [], work } = accesses[position] as LayerAccess;
    const reads = operator.inputs.flatMap((index, slot) => {
      const value = index < 0 ? undefined : find(index, operator);
      return value === undefined ? [] : [{ slot, value }];
    });
    const aliasOf = operator.outputs.map((index, slot) => {
      const offer = aliases.find(({ output }) => output === slot);
      const source = reads.find((read) => read.slot === offer?.input)?.value;
      const tensor = tensorAt(index);
      const legal = tensor.data === undefined && !tensor.isVariable && !byTensor.has(index) && !copies.has(position);
      const fits = source !== undefined && source.bytes === byteLength(tensor.type, elementCount(tensor.shape));
      return legal && fits ? source : undefined;
    });
    const hasCode = operator.outputs.length === 0 || aliasOf.some((source) => source === undefined);
    const layer = layers.length;
    const writes = operator.outputs.flatMap((index, slot) => {
      const source = aliasOf[slot];
      if (source !== undefined) {
        source.tensors.push(index);
        source.align = Math.max(source.align, tensorAlignment(tensorAt(index).type));
        byTensor.set(index, source);
        return [];
      }
      const value = create(index, operator, { layer, slot });
      return value === undefined ? [] : [{ slot, value }];
    });
    if (!hasCode) {
      renamed.push(position);
      continue;
    }
    for (const { slot, value } of reads) value.readers.push({ layer, slot });
    const moved = [...reads, ...writes].reduce((sum, { value }) => sum + value.bytes, 0);
    layers.push({ position, name: operator.name, granules, work: work ?? instructionsPerByte * moved, reads, writes });
  }
  for (const output of graph.outputs) {
    const value = find(output, undefined);
    if (value !== undefined) value.isOutput = true;
  }
  if (problems.length > 0) throw new ModelcError(problems);
  return { values, layers, byTensor, renamed, order };
}

function inputGranule(bytes: number, rowBytes: number): Granule {
  const access: Access = {
    events: Math.max(1, Math.ceil(bytes / Math.max(1, rowBytes))),
    read: () => emptySpan,
    write: (_, event) => ({ begin: event * rowBytes, end: Math.min(bytes, (event + 1) * rowBytes) }),
    overlap: () => 0,
    readUnit: () => 1,
    writeUnit: () => rowBytes,
    reversible: false,
  };
  return { kind: 'rows', size: 1, access, scratchBytes: 0, scratchKept: false, stackBytes: 0, cost: 1 };
}

/** Everything in an arena, and so the arena, is aligned at least like this. */
export function arenaAlignment(values: readonly Value[]): number {
  return values.reduce((align, value) => Math.max(align, value.align), minimumAlignment);
}

function isPlanned(tensor: Tensor): boolean {
  return !tensor.isVariable && tensor.data === undefined && byteLength(tensor.type, 1) !== undefined;
}

function assertPermutation(order: readonly number[], count: number): void {
  const inRange = order.every((position) => Number.isInteger(position) && position >= 0 && position < count);
  const valid = inRange && order.length === count && new Set(order).size === count;
  if (!valid) throw new RangeError(`operator order is not a permutation of ${count} operators`);
}

function place(operator: Operator | undefined, tensor: Tensor): Place {
  return {
    ...(operator !== undefined && { operator: { index: operator.index, name: operator.name } }),
    tensor: { index: tensor.index, name: tensor.name },
  };
}

function writtenTwice(operator: Operator, tensor: Tensor): Problem {
  return {
    code: 'model/invalid',
    message: 'The operator writes a tensor that is a constant, a graph input or the output of another operator.',
    remedy: 'Convert the model again; every tensor has one writer.',
    place: place(operator, tensor),
  };
}

function neverWritten(operator: Operator | undefined, tensor: Tensor): Problem {
  return {
    code: 'model/invalid',
    message:
      operator === undefined
        ? 'This output of the model is written by no operator.'
        : 'The operator reads a tensor that is neither a constant nor a graph input, and no earlier operator writes it.',
    remedy: 'Convert the model again; operators must be stored in execution order.',
    place: place(operator, tensor),
  };
}

function tooLarge(operator: Operator | undefined, tensor: Tensor, bytes: number): Problem {
  return {
    code: 'fit/ram',
    message: `The tensor needs ${bytes} bytes, more than 32-bit addresses reach.`,
    remedy: 'Reduce the size of the input or of this layer.',
    place: place(operator, tensor),
  };
}
