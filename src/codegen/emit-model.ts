/** Turns a program into C functions and constants. */
import type { Program } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { maximumConstantBytes } from '../limits.js';
import { ConstantPool } from './constants.js';
import { inputContext, outputContext } from './edges.js';
import { describeWithoutCode, type EmittedLayer, emitLayer } from './layers.js';
import { executionOrder, layerRuns } from './program-view.js';
import { type EmittedSegment, emitSegments } from './segments.js';

export interface EmittedModel {
  /** In execution order. */
  readonly layers: readonly EmittedLayer[];
  /** Functions that run the layers of a segment interleaved. */
  readonly segments: readonly EmittedSegment[];
  /** The statements of `<name>_run`. */
  readonly run: string;
  readonly inputs: readonly ReturnType<typeof inputContext>[];
  readonly outputs: readonly ReturnType<typeof outputContext>[];
  readonly constants: ConstantPool;
}

/** `name` is the prefix of all identifiers. @throws ModelcError `fit/flash` when the constants cannot be printed */
export function emitModel(program: Program, name: string): EmittedModel {
  const { graph } = program;
  const constants = new ConstantPool();
  const runs = layerRuns(program);
  const layers = executionOrder(program).map((position, index) => {
    const run = runs.get(position);
    if (run === undefined) return describeWithoutCode(program, position, index);
    return emitLayer(program, position, index, run, constants, name);
  });
  const outputs = graph.outputs.map((index, slot) => outputContext(program, constants, name, index, slot));
  requirePrintable(constants);
  return {
    layers,
    ...emitSegments(program, layers, name),
    inputs: graph.inputs.map((index, slot) => inputContext(program, name, index, slot)),
    outputs,
    constants,
  };
}

const knownBytes = new WeakMap<Program, number>();

/** Bytes of constants that a program has in flash. Asked for each board that runs the same program. */
export function constantBytes(program: Program): number {
  const bytes = knownBytes.get(program) ?? emitModel(program, 'model').constants.bytes;
  knownBytes.set(program, bytes);
  return bytes;
}

/** Packing can make constants larger than they were; beyond this their text exceeds what a string can hold. */
function requirePrintable({ bytes }: ConstantPool): void {
  if (bytes <= 2 * maximumConstantBytes) return;
  throw new ModelcError({
    code: 'fit/flash',
    message: `The model has ${bytes} bytes of packed constants; modelc accepts ${2 * maximumConstantBytes}.`,
    remedy: 'Use a model with fewer weights.',
    place: {},
  });
}
