/** Golden files: what TFLite Micro answers for a model, and the rules by which its inputs are made. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { crc32, formatCrc32 } from '../../src/ir/crc32.js';
import { byteLength, type ElementType, elementCount, elementTypes } from '../../src/ir/element-type.js';
import type { Model } from '../../src/ir/graph.js';
import { readModel } from '../../src/tflite/reader.js';

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly type: ElementType;
  /** CRC-32 of the little-endian bytes. */
  readonly crc32: number;
  /** The bytes themselves, kept for small outputs only. */
  readonly bytes?: Uint8Array;
}

export interface GoldenStep {
  readonly inputs: readonly GoldenTensor[];
  readonly outputs: readonly GoldenTensor[];
  /** CRC-32 of every tensor of subgraph 0 that an operator writes and that has a value, by tensor index. */
  readonly tensors: ReadonlyMap<number, number>;
}

export interface GoldenCase {
  /** Name of the rule that makes the inputs: A, C, Z, MIN, MAX, B1, S3, … */
  readonly rule: string;
  /** Invocations in a row without a reset; one for a model without state. */
  readonly steps: readonly GoldenStep[];
}

export interface Golden {
  /** File name of the model: `kws.tflite`. */
  readonly name: string;
  readonly file: Uint8Array;
  readonly model: Model;
  readonly cases: readonly GoldenCase[];
}

/** What an input rule needs to know of an input tensor. */
export interface RuleTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly zeroPoint: number;
}

const tensorSchema = z
  .object({
    shape: z.array(z.int().nonnegative()),
    dtype: z.enum(elementTypes),
    crc32: z.uint32(),
    base64: z.base64().optional(),
  })
  .transform(
    ({ shape, dtype, crc32, base64 }): GoldenTensor => ({
      shape,
      type: dtype,
      crc32,
      ...(base64 === undefined ? {} : { bytes: new Uint8Array(Buffer.from(base64, 'base64')) }),
    }),
  );

const goldenSchema = z.object({
  model: z.string(),
  crc32: z.uint32(),
  cases: z
    .array(
      z.object({
        rule: z.string(),
        steps: z
          .array(
            z.object({
              inputs: z.array(tensorSchema),
              outputs: z.array(tensorSchema),
              tensors: z
                .record(z.string().regex(/^\d+$/), z.uint32())
                .transform((tensors) => new Map(Object.entries(tensors).map(([index, crc]) => [Number(index), crc]))),
            }),
          )
          .nonempty(),
      }),
    )
    .nonempty(),
});

/** Reads `NAME.golden.json` and the model beside it; throws when they do not belong together or contradict themselves. */
export function loadGolden(path: string): Golden {
  const { model: name, crc32: expected, cases } = goldenSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const file = new Uint8Array(readFileSync(join(dirname(path), name)));
  checkCrc(`${basename(path)}: the model ${name}`, file, expected);
  for (const { rule, steps } of cases) {
    for (const [step, { outputs }] of steps.entries()) {
      for (const [index, output] of outputs.entries()) {
        const place = `${basename(path)}: case ${rule} step ${step} output ${index}`;
        if (output.bytes !== undefined) checkCrc(place, output.bytes, output.crc32);
      }
    }
  }
  return { name, file, model: readModel(file), cases };
}

/**
 * The inputs of one case: per step, per model input, raw little-endian bytes. Throws when one of them is not the input
 * the golden outputs were computed from.
 */
export function caseInputs(golden: Golden, caseIndex: number): Uint8Array[][] {
  const graph = golden.model.graphs[0];
  const goldenCase = golden.cases[caseIndex];
  if (graph === undefined || goldenCase === undefined) throw new Error(`${golden.name} has no case ${caseIndex}`);
  const { rule, steps } = goldenCase;
  const tensors = steps.map(({ inputs }) =>
    inputs.map(({ type, shape }, slot) => ({
      type,
      shape,
      zeroPoint: graph.tensors[graph.inputs[slot] ?? -1]?.quantization?.zeroPoints[0] ?? 0,
    })),
  );
  const made = ruleInputs(rule, tensors);
  for (const [step, { inputs }] of steps.entries()) {
    for (const [index, { crc32 }] of inputs.entries()) {
      const place = `${golden.name}: case ${rule} step ${step} input ${index}`;
      checkCrc(place, made[step]?.[index] as Uint8Array, crc32);
    }
  }
  return made;
}

/**
 * Inputs by rule: per step, per input tensor, raw little-endian bytes. A rule is a stream of bytes that starts anew for
 * every tensor, save for B, where it runs on over tensors and steps.
 * The rules are those the golden files were made by, so they never change.
 *
 * | rule | byte i |
 * |---|---|
 * | A | (i·37 + 11) & 255 |
 * | C | (i >> 2) & 255 |
 * | Z | every element is the tensor's zero point |
 * | MIN, MAX | 0x80, 0x7f |
 * | Bn | the top byte of x, after x = (x·1664525 + 1013904223) mod 2³², from x = n |
 * | Sn | ⌊128 + 90·sin(i·n/37) + 30·sin(i·n/5.3)⌋ & 255 |
 *
 * A float32 element takes one byte, int8(byte)/128; a bool element one byte, of which bit 0.
 */
export function ruleInputs(rule: string, steps: readonly (readonly RuleTensor[])[]): Uint8Array[][] {
  if (rule === 'Z') return steps.map((tensors) => tensors.map(zeroPoints));
  const nextBytes = byteStreams(rule);
  return steps.map((tensors) => tensors.map((tensor) => fromRuleBytes(tensor, nextBytes)));
}

/** For a rule, the function that makes the bytes of one tensor after another; `count` of them each. */
function byteStreams(rule: string): (count: number) => Uint8Array {
  const each = (byteAt: (i: number) => number) => (count: number) =>
    Uint8Array.from({ length: count }, (_, i) => byteAt(i));
  const seed = Number(rule.slice(1));
  switch (rule) {
    case 'A':
      return each((i) => i * 37 + 11);
    case 'C':
      return each((i) => i >> 2);
    case 'MIN':
      return each(() => 0x80);
    case 'MAX':
      return each(() => 0x7f);
  }
  if (/^B\d+$/.test(rule)) {
    let state = seed;
    return each(() => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
  }
  if (/^S\d+$/.test(rule)) {
    return each((i) => Math.floor(128 + 90 * Math.sin((i * seed) / 37) + 30 * Math.sin((i * seed) / 5.3)));
  }
  throw new Error(`There is no input rule ${rule}`);
}

function fromRuleBytes({ type, shape }: RuleTensor, nextBytes: (count: number) => Uint8Array): Uint8Array {
  const count = elementCount(shape);
  if (type === 'float32') {
    const values = new DataView(new ArrayBuffer(count * 4));
    for (const [i, byte] of nextBytes(count).entries()) values.setFloat32(i * 4, ((byte << 24) >> 24) / 128, true);
    return new Uint8Array(values.buffer);
  }
  if (type === 'bool') return nextBytes(count).map((byte) => byte & 1);
  return nextBytes(sizeOf(type, count));
}

function zeroPoints({ type, shape, zeroPoint }: RuleTensor): Uint8Array {
  const count = elementCount(shape);
  const width = sizeOf(type, 1);
  if (type === 'float32' || type === 'bool') return new Uint8Array(count * width);
  // Two's complement, sign extended to the element's width.
  return Uint8Array.from({ length: count * width }, (_, i) => zeroPoint >> Math.min(8 * (i % width), 31));
}

function sizeOf(type: ElementType, count: number): number {
  const size = byteLength(type, count);
  if (size === undefined) throw new Error(`Inputs of type ${type} have no bytes`);
  return size;
}

function checkCrc(place: string, bytes: Uint8Array, expected: number): void {
  const found = crc32(bytes);
  if (found !== expected) {
    throw new Error(`${place} has CRC-32 ${formatCrc32(found)}, ${formatCrc32(expected)} is on record`);
  }
}
