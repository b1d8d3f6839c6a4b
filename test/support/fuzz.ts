/**
 * Fuzzing of anything that takes the bytes of a model: damaged copies must be accepted or refused with a ModelcError,
 * within a time and memory budget. Equal models, seed and counts give equal copies.
 */
import { ModelcError } from '../../src/errors.js';
import { readModel } from '../../src/tflite/reader.js';
import { createRandom, type Random } from './random.js';
import type { ModelFile } from './shared-models.js';

export interface FuzzOptions {
  readonly seed: number;
  /** Copies cut short at a random place, for each model. */
  readonly truncationsPerModel: number;
  /** Copies with random changes, over all models. */
  readonly flips: number;
  /** Longest time that one copy may take. */
  readonly caseMilliseconds: number;
  /** Most that the process may grow by. */
  readonly growthBytes: number;
}

export interface FuzzReport {
  readonly cases: number;
  readonly accepted: number;
  readonly slowestMilliseconds: number;
  readonly milliseconds: number;
  readonly growthBytes: number;
}

/** Counts and seed from MODELC_FUZZ_TRUNCATIONS, MODELC_FUZZ_FLIPS and MODELC_FUZZ_SEED. */
export function fuzzOptionsFromEnvironment(): FuzzOptions {
  const number = (name: string, otherwise: number): number => {
    const value = Number(process.env[name] ?? otherwise);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
    return value;
  };
  return {
    seed: number('MODELC_FUZZ_SEED', Date.now() % 2 ** 32),
    truncationsPerModel: number('MODELC_FUZZ_TRUNCATIONS', 1000),
    flips: number('MODELC_FUZZ_FLIPS', 10000),
    caseMilliseconds: 2000,
    growthBytes: 512 * 1024 * 1024,
  };
}

/** Positions of all bytes that are not constant data: damage there reaches more code than damage to weights. */
function structuralPositions(bytes: Uint8Array): Uint32Array {
  const isData = new Uint8Array(bytes.length);
  const model = readModel(bytes);
  const constants = [...model.graphs.flatMap((graph) => graph.tensors), ...model.metadata];
  for (const { data } of constants) {
    if (data !== undefined)
      isData.fill(1, data.byteOffset - bytes.byteOffset, data.byteOffset - bytes.byteOffset + data.length);
  }
  return Uint32Array.from(isData.keys()).filter((position) => isData[position] === 0);
}

/** Values at which lengths, offsets, indices and signs change their meaning. */
const edgeValues = [0, 1, 4, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/**
 * A copy with one to eight changes, often one so that many copies get past the reader: mostly single bits, some whole
 * words, most of them in the structure.
 */
function damage(bytes: Uint8Array, structure: Uint32Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let changes = 1 + random.below(random.pick([1, 1, 2, 8])); changes > 0; changes--) {
    const inStructure = structure.length > 0 && random.below(4) > 0;
    const position = inStructure ? (structure[random.below(structure.length)] as number) : random.below(copy.length);
    if (random.below(4) > 0) copy[position] = (copy[position] as number) ^ (1 << random.below(8));
    else if (position + 4 <= copy.length) view.setUint32(position, random.pick(edgeValues), true);
  }
  return copy;
}

/**
 * Runs `pipeline` on damaged copies of `models`. Throws at the first copy that it neither accepts nor refuses with a
 * ModelcError, or that is over a budget, with what is needed to make that copy again.
 */
export function fuzz(
  models: readonly ModelFile[],
  pipeline: (bytes: Uint8Array) => void,
  options: FuzzOptions,
): FuzzReport {
  const random = createRandom(options.seed);
  const start = performance.now();
  const startBytes = process.memoryUsage.rss();
  let cases = 0;
  let accepted = 0;
  let slowest = 0;

  const run = (name: string, bytes: Uint8Array): void => {
    const where = `case ${cases} (${name}) of seed ${options.seed}`;
    const caseStart = performance.now();
    try {
      pipeline(bytes);
      accepted++;
    } catch (error) {
      if (!(error instanceof ModelcError)) throw new Error(`${where}: ${String(error)}`, { cause: error });
    }
    const milliseconds = performance.now() - caseStart;
    slowest = Math.max(slowest, milliseconds);
    if (milliseconds > options.caseMilliseconds) throw new Error(`${where}: took ${milliseconds.toFixed(0)} ms`);
    cases++;
    // Asking for the size costs more than reading a small model.
    if (cases % 64 === 0 && process.memoryUsage.rss() - startBytes > options.growthBytes) {
      throw new Error(`${where}: the process has grown by more than ${options.growthBytes} bytes`);
    }
  };

  for (const { name, bytes } of models) {
    for (let i = 0; i < options.truncationsPerModel; i++) {
      const length = random.below(bytes.length);
      run(`${name} cut at ${length}`, bytes.slice(0, length));
    }
  }
  const structures = models.map(({ bytes }) => structuralPositions(bytes));
  for (let i = 0; i < options.flips; i++) {
    const choice = random.below(models.length);
    const { name, bytes } = models[choice] as ModelFile;
    run(`${name} damaged`, damage(bytes, structures[choice] as Uint32Array, random));
  }
  return {
    cases,
    accepted,
    slowestMilliseconds: slowest,
    milliseconds: performance.now() - start,
    growthBytes: process.memoryUsage.rss() - startBytes,
  };
}
