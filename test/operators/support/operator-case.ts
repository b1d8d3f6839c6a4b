/** What a cases file of an operator exports: a generator of small random models with inputs to run them on. */
import type { Graph } from '../../../src/ir/graph.js';
import { writeModel } from '../../../src/tflite/writer.js';
import { makeModel } from '../../support/models.js';
import { createRandom, type Random } from '../../support/random.js';

export interface OperatorCase {
  readonly graph: Graph;
  /** For each inference one array of raw little-endian bytes per graph input. */
  readonly inferences: readonly (readonly Uint8Array[])[];
}

export interface OperatorCases {
  /** Schema name of the operator. */
  readonly operator: string;
  /**
   * A model that modelc and TFLite Micro both accept and for which TFLite Micro's result is defined. Takes all its
   * randomness from `random` and calls no function whose result depends on the machine.
   */
  generate(random: Random): OperatorCase;
}

/** Case `number` of the sequence that starts with `seed`; each can be made without those before it. */
export function makeCase({ generate }: OperatorCases, seed: number, number: number): OperatorCase {
  return generate(createRandom(seed ^ Math.imul(number + 1, 0x9e3779b1)));
}

/** The .tflite file of a case. */
export function caseModel({ graph }: OperatorCase): Uint8Array {
  return writeModel(makeModel([graph]));
}
