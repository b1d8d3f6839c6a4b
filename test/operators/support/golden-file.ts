/**
 * Golden files of operators: for each case a checksum of what TFLite Micro computed. The cases themselves are made
 * again from the seed, which keeps the files small.
 */
import { crc32, formatCrc32 } from '../../../src/ir/crc32.js';
import type { CaseOutputs } from './evaluate.js';
import type { OperatorCase } from './operator-case.js';

export interface GoldenFile {
  readonly operator: string;
  readonly seed: number;
  /** For each case the checksum of its model and inputs, a colon, and that of all outputs of TFLite Micro. */
  readonly cases: readonly string[];
}

/** From which the cases of every golden file are made, and how many of them. */
export const goldenSeed = 20260101;
export const goldenCases = 150;

export const goldenFolder = new URL('../golden/', import.meta.url);

export function goldenPath(file: string): URL {
  return new URL(`${file}.json`, goldenFolder);
}

function checksum(text: string): string {
  return formatCrc32(crc32(new TextEncoder().encode(text)));
}

/** Identifies a case: it changes with the model, with the inputs and with nothing else. */
export function caseChecksum({ graph, inferences }: OperatorCase): string {
  return checksum(
    JSON.stringify([graph, inferences], (_, value) =>
      ArrayBuffer.isView(value) ? Buffer.from(value as Uint8Array).toString('hex') : value,
    ),
  );
}

export function outputChecksum(outputs: CaseOutputs): string {
  return formatCrc32(crc32(Uint8Array.from(outputs.flat().flatMap((bytes) => [...bytes]))));
}
