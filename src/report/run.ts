/** The result of `modelc run`. */
import { z } from 'zod';
import { edgeNames } from '../codegen/edge-names.js';
import type { PreparedModel } from '../compiler.js';
import { ExitCode } from '../errors.js';
import { realValue } from '../inputs/bind.js';
import { crc32, formatCrc32 } from '../ir/crc32.js';
import { elementCount, fromBytes } from '../ir/element-type.js';
import type { Tensor } from '../ir/graph.js';
import { envelope, envelopeFields, jsonNumber, numberOrText } from './json.js';
import { edgeSchema, edgeSummary, edgeTitles, modelSchema, modelSummary, tensorForm } from './model.js';
import { grouped, printable, type Style, shortened, table } from './terminal.js';

/** Elements of an output that a report holds, from the first. */
const reportedElements = 1024;
/** Elements of an output that people see. */
const shownElements = 16;

export const runSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('run'),
  model: modelSchema,
  /** `interpreter`, or `<board>:<toolchain>`. */
  on: z.string(),
  outputs: z.array(
    edgeSchema.extend({
      /** Where the raw little-endian tensor was written; null when no folder was named. */
      file: z.string().nullable(),
      crc32: z.string().regex(/^[0-9a-f]{8}$/),
      /** The first 1,024 elements as stored. */
      codes: z.array(numberOrText),
      /** The same as real values. */
      values: z.array(numberOrText),
      /** The greatest elements, greatest first. */
      top: z.array(
        z.strictObject({
          index: z.int().nonnegative(),
          /** From the file of labels; null without one. */
          label: z.string().nullable(),
          code: numberOrText,
          value: numberOrText,
        }),
      ),
    }),
  ),
});
export type RunReport = z.output<typeof runSchema>;
type RunOutput = RunReport['outputs'][number];

export interface RunFacts {
  readonly prepared: PreparedModel;
  readonly name: string;
  readonly on: string;
  readonly outputs: readonly Uint8Array[];
  /** One path for each output, or none. */
  readonly files: readonly string[];
  /** Names of the elements of each output that has as many. */
  readonly labels?: readonly string[];
  /** How many of the greatest elements to name. */
  readonly top: number;
}

export function runReport({ prepared, name, on, outputs, files, labels, top }: RunFacts): RunReport {
  const { graph, model } = prepared;
  const names = edgeNames(model).outputs;
  return {
    ...envelope('run', ExitCode.ok),
    model: modelSummary(prepared, name),
    on,
    outputs: graph.outputs.map((index, slot) => {
      const tensor = graph.tensors[index] as Tensor;
      const bytes = outputs[slot] as Uint8Array;
      return {
        ...edgeSummary(tensor, names[slot]),
        file: files[slot] ?? null,
        crc32: formatCrc32(crc32(bytes)),
        ...elements(tensor, bytes, labels, top),
      };
    }),
  };
}

function elements(tensor: Tensor, bytes: Uint8Array, labels: readonly string[] | undefined, top: number) {
  const data = fromBytes(tensor.type, elementCount(tensor.shape), bytes);
  if (data === undefined) throw new Error(`an output of type ${tensor.type} has no values`);
  const codes = Array.from<number | bigint>(data);
  const named = labels?.length === codes.length ? labels : undefined;
  const order = codes
    .map((_, index) => index)
    .sort(
      (a, b) =>
        Number((codes[b] as number) > (codes[a] as number)) - Number((codes[b] as number) < (codes[a] as number)),
    )
    .slice(0, top);
  const first = codes.slice(0, reportedElements);
  return {
    codes: first.map(jsonNumber),
    values: first.map((code) => jsonNumber(realValue(tensor, code))),
    top: order.map((index) => ({
      index,
      label: named?.[index] ?? null,
      code: jsonNumber(codes[index] as number),
      value: jsonNumber(realValue(tensor, codes[index] as number)),
    })),
  };
}

export function runText(style: Style, report: RunReport): string {
  const titles = edgeTitles(report.outputs);
  const sections = report.outputs.map((output, i) =>
    [
      `${style.bold(titles[i] as string)}  ${tensorForm(output)}, CRC-32 ${output.crc32}${output.file === null ? '' : `  ${style.dim(printable(output.file))}`}`,
      elementTable(style, output),
    ].join('\n'),
  );
  return `${style.bold(report.model.name)} on ${report.on}\n\n${sections.join('\n\n')}\n`;
}

/** The greatest elements when they have names or are too many to show, else all in order. */
function elementTable(style: Style, output: RunOutput): string {
  const total = output.shape.reduce((product, extent) => product * extent, 1);
  const isNamed = output.top.some(({ label }) => label !== null);
  const isRanked = isNamed || total > shownElements;
  const rows = isRanked
    ? output.top
    : output.codes.map((code, index) => ({ index, label: null, code, value: output.values[index] as number | string }));
  const isQuantized = output.scale !== null;
  const text = table(
    style,
    [
      { title: isRanked ? 'greatest' : 'element', align: 'right' },
      ...(isNamed ? [{ title: 'label' }] : []),
      { title: 'value', align: 'right' },
      ...(isQuantized ? [{ title: 'code', align: 'right' } as const] : []),
    ],
    rows.map(({ index, label, code, value }) => [
      String(index),
      ...(isNamed ? [shortened(label ?? '')] : []),
      typeof value === 'number' ? String(Number(value.toPrecision(6))) : value,
      ...(isQuantized ? [String(code)] : []),
    ]),
  );
  return isRanked && rows.length < total ? `${text}\n  ${style.dim(`of ${grouped(total)}`)}` : text;
}
