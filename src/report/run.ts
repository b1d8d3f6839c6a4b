/** The result of `modelc run`. */
import { z } from 'zod';
import type { PreparedModel } from '../compiler.js';
import { ExitCode } from '../errors.js';
import { crc32, formatCrc32 } from '../ir/crc32.js';
import type { Tensor } from '../ir/graph.js';
import { envelope, envelopeFields } from './json.js';
import { modelSchema, modelSummary, tensorForm, tensorSchema, tensorSummary } from './model.js';
import { printable, type Style, shortened, table } from './terminal.js';

export const runSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('run'),
  model: modelSchema,
  /** `interpreter`, or `<board>:<toolchain>`. */
  on: z.string(),
  outputs: z.array(
    tensorSchema.extend({
      /** Where the raw little-endian tensor was written. */
      file: z.string(),
      crc32: z.string().regex(/^[0-9a-f]{8}$/),
    }),
  ),
});
export type RunReport = z.output<typeof runSchema>;

export interface RunFacts {
  readonly prepared: PreparedModel;
  readonly name: string;
  readonly on: string;
  readonly outputs: readonly Uint8Array[];
  /** One path for each output. */
  readonly files: readonly string[];
}

export function runReport({ prepared, name, on, outputs, files }: RunFacts): RunReport {
  const { graph } = prepared;
  return {
    ...envelope('run', ExitCode.ok),
    model: modelSummary(prepared, name),
    on,
    outputs: graph.outputs.map((index, slot) => ({
      ...tensorSummary(graph.tensors[index] as Tensor),
      file: files[slot] as string,
      crc32: formatCrc32(crc32(outputs[slot] as Uint8Array)),
    })),
  };
}

export function runText(style: Style, report: RunReport): string {
  const rows = report.outputs.map((output) => [
    printable(output.file),
    tensorForm(output),
    output.crc32,
    shortened(output.name),
  ]);
  const columns = [{ title: 'output' }, { title: 'tensor' }, { title: 'CRC-32' }, { title: 'name' }];
  return `${style.bold(report.model.name)} on ${report.on}\n${table(style, columns, rows)}\n`;
}
