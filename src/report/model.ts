/** What reports say about a model, whatever the command. */
import { z } from 'zod';
import type { EdgeName } from '../codegen/edge-names.js';
import type { PreparedModel } from '../compiler.js';
import { formatCrc32 } from '../ir/crc32.js';
import { byteLength, elementCount } from '../ir/element-type.js';
import type { Model, Tensor } from '../ir/graph.js';
import { bytes } from './json.js';
import { shortened, tellingNames } from './terminal.js';

export const modelSchema = z.strictObject({
  /** C prefix. */
  name: z.string(),
  /** CRC-32 of the file, eight hexadecimal digits. */
  crc32: z.string().regex(/^[0-9a-f]{8}$/),
  /** Multiply-accumulates per inference. */
  macs: z.int().nonnegative(),
});
export type ModelSummary = z.output<typeof modelSchema>;

export const tensorSchema = z.strictObject({
  index: z.int().nonnegative(),
  name: z.string(),
  type: z.string(),
  shape: z.array(z.int()),
  bytes: bytes.nullable(),
  /** Null when the tensor is not quantised, or per channel. */
  scale: z.number().nullable(),
  zero_point: z.int().nullable(),
});
export type TensorSummary = z.output<typeof tensorSchema>;

/** An input or output of the model. */
export const edgeSchema = tensorSchema.extend({
  /** What the model's signature calls it; null when it has none for it. */
  signature_name: z.string().nullable(),
});
export type EdgeSummary = z.output<typeof edgeSchema>;

export function modelSummary({ model, macs }: Pick<PreparedModel, 'model' | 'macs'>, name: string): ModelSummary {
  return { ...modelIdentity(model, name), macs };
}

export function modelIdentity({ crc32 }: Model, name: string): Omit<ModelSummary, 'macs'> {
  return { name, crc32: formatCrc32(crc32) };
}

export function tensorSummary({ index, name, type, shape, quantization }: Tensor): TensorSummary {
  const single = quantization?.scales.length === 1 ? quantization : undefined;
  const isStatic = shape.every((extent) => extent >= 0);
  return {
    index,
    name,
    type,
    shape: [...shape],
    bytes: isStatic ? (byteLength(type, elementCount(shape)) ?? null) : null,
    scale: single?.scales[0] ?? null,
    zero_point: single?.zeroPoints[0] ?? null,
  };
}

export function edgeSummary(tensor: Tensor, name: EdgeName | undefined): EdgeSummary {
  return { ...tensorSummary(tensor), signature_name: name?.signature ?? null };
}

/** For tables: the signature's name where there is one, and as much of the tensors' names as tells them apart. */
export function edgeTitles(edges: readonly EdgeSummary[]): string[] {
  const tensors = tellingNames(edges.map(({ name }) => name));
  return edges.map(({ signature_name }, i) =>
    signature_name === null ? (tensors[i] as string) : `${shortened(signature_name)} (${tensors[i]})`,
  );
}

/** `int8 [1, 8, 8, 1]` */
export function tensorForm({ type, shape }: Pick<TensorSummary, 'type' | 'shape'>): string {
  return `${type} [${shape.join(', ')}]`;
}
