/** TensorFlow Lite Micro with CMSIS-NN, measured once: what the benchmark's figures stand beside. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Processors of the anchor, each with the board of ours that has the same one. */
export const anchorBoards = {
  m0p: 'rp2040',
  m3: 'mps2-an385',
  m4: 'mps2-an386',
  m7: 'mps2-an500',
  m55: 'mps3-an547',
} as const;
export type AnchorCore = keyof typeof anchorBoards;
export const anchorCores = Object.keys(anchorBoards) as AnchorCore[];

const count = z.int().positive();
const perCore = z.strictObject({ m0p: count, m3: count, m4: count, m7: count, m55: count });

const anchorModelSchema = z.strictObject({
  name: z.string(),
  /** The name in the measurement. */
  measuredAs: z.string(),
  /** Size of the file and multiply-accumulates, which tell whether a model of ours is the one that was measured. */
  bytes: count,
  macs: count,
  instructions: perCore,
  flash: perCore,
  /** Bytes of the arena that the interpreter uses after its tensors are allocated. */
  arena: perCore,
  /** The part of the arena that is planned: activations and scratch, without what the interpreter keeps. */
  activations: perCore,
});
export type AnchorModel = z.output<typeof anchorModelSchema>;

const anchorSchema = z.strictObject({
  what: z.string(),
  sources: z.record(z.string(), z.string()),
  method: z.record(z.string(), z.string()),
  models: z.array(anchorModelSchema),
});
export type Anchor = z.output<typeof anchorSchema>;

export function loadAnchor(): Anchor {
  return anchorSchema.parse(JSON.parse(readFileSync(new URL('../bench-anchor.json', import.meta.url), 'utf8')));
}

/**
 * The anchor's figures for a model of ours; undefined when it was not measured.
 *
 * @throws Error when a model of this name was measured but is another one
 */
export function anchorOf(
  anchor: Anchor,
  model: { readonly name: string; readonly bytes: number; readonly macs: number },
): AnchorModel | undefined {
  const found = anchor.models.find(({ name }) => name === model.name);
  if (found !== undefined && (found.bytes !== model.bytes || found.macs !== model.macs)) {
    throw new Error(
      `${model.name} has ${model.bytes} bytes and ${model.macs} multiply-accumulates; ` +
        `the anchor measured a model with ${found.bytes} and ${found.macs}`,
    );
  }
  return found;
}
