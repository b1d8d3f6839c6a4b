/** Golden vectors of the generated self-test: seeds of inputs, and the CRC-32 of what the interpreter computes from them. */
import type { PreparedModel } from '../compiler.js';
import { interpret } from '../interpreter/interpreter.js';
import { crc32, formatCrc32 } from '../ir/crc32.js';
import type { Tensor } from '../ir/graph.js';
import { randomInputs } from './test-vectors.js';

/** Seeds of the golden vectors in the generated self-test. */
const vectorSeeds = [1, 2];
/** Above this number of steps per inference one has to do: running the model is most of the time of a compilation. */
const maximumSecondVectorSteps = 5_000_000;
/** Above this number of steps per inference the compiler does not run the model for golden vectors. */
const maximumVectorSteps = 250_000_000;

export interface GoldenVector {
  readonly seed: number;
  readonly crc32: string;
}

/** None for a model that takes too long to run. */
export function goldenVectors({ graph, layers, steps }: PreparedModel): GoldenVector[] {
  if (steps > maximumVectorSteps) return [];
  const inputs = graph.inputs.map((index) => graph.tensors[index] as Tensor);
  return vectorSeeds.slice(0, steps > maximumSecondVectorSteps ? 1 : undefined).map((seed) => {
    const { outputs } = interpret(graph, layers, randomInputs(inputs, seed));
    const all = new Uint8Array(outputs.reduce((total, { length }) => total + length, 0));
    outputs.reduce((start, bytes) => {
      all.set(bytes, start);
      return start + bytes.length;
    }, 0);
    return { seed, crc32: formatCrc32(crc32(all)) };
  });
}
