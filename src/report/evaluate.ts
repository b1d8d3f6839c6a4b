/** The result of `modelc evaluate`: how well a model classifies labelled samples. */
import { z } from 'zod';
import type { PreparedModel } from '../compiler.js';
import { ExitCode } from '../errors.js';
import { envelope, envelopeFields } from './json.js';
import { modelSchema, modelSummary } from './model.js';
import { facts, grouped, type Style, shortened, table } from './terminal.js';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

export const evaluateSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('evaluate'),
  model: modelSchema,
  /** `interpreter`, or `<board>:<toolchain>`. */
  on: z.string(),
  /** Samples that were run, and how many the data has. */
  samples: count,
  available: count,
  correct: count,
  accuracy: share,
  classes: z.array(
    z.strictObject({
      index: count,
      /** From the file of labels; null without one. */
      label: z.string().nullable(),
      /** Samples of this class, those the model took for it, and those of both. */
      samples: count,
      predicted: count,
      correct: count,
      /** correct / predicted; null when nothing was taken for it. */
      precision: share.nullable(),
      /** correct / samples; null when there are none. */
      recall: share.nullable(),
      /** Harmonic mean of precision and recall; null when one of them is. */
      f1: share.nullable(),
    }),
  ),
  /** Samples by class (row) and by what the model took them for (column). */
  confusion: z.array(z.array(count)),
});
export type EvaluateReport = z.output<typeof evaluateSchema>;

export interface EvaluateFacts {
  readonly prepared: PreparedModel;
  readonly name: string;
  readonly on: string;
  readonly available: number;
  /** Classes in [0, classCount), one for each sample that was run. Not empty. */
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly classCount: number;
  readonly labels?: readonly string[];
}

export function evaluateReport(input: EvaluateFacts): EvaluateReport {
  const { prepared, name, on, available, actual, predicted, classCount, labels } = input;
  const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  actual.forEach((row, i) => {
    const line = confusion[row] as number[];
    line[predicted[i] as number] = (line[predicted[i] as number] as number) + 1;
  });
  const classes = confusion.map((row, index) => {
    const samples = total(row);
    const taken = total(confusion.map((line) => line[index] as number));
    const correct = row[index] as number;
    const precision = taken === 0 ? null : correct / taken;
    const recall = samples === 0 ? null : correct / samples;
    const f1 = precision === null || recall === null ? null : (2 * correct) / (samples + taken);
    return { index, label: labels?.[index] ?? null, samples, predicted: taken, correct, precision, recall, f1 };
  });
  const correct = total(classes.map((line) => line.correct));
  return {
    ...envelope('evaluate', ExitCode.ok),
    model: modelSummary(prepared, name),
    on,
    samples: actual.length,
    available,
    correct,
    accuracy: correct / actual.length,
    classes,
    confusion,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Classes up to which the confusion matrix is printed whole; beyond, its largest errors. */
const matrixClasses = 20;
const listedErrors = 10;

export function evaluateText(style: Style, report: EvaluateReport): string {
  const { samples, available, correct, accuracy } = report;
  const sections = [
    `${style.bold(report.model.name)} on ${report.on}`,
    facts(style, [
      ['samples', samples === available ? grouped(samples) : `the first ${grouped(samples)} of ${grouped(available)}`],
      ['correct', grouped(correct)],
      ['accuracy', percent(accuracy)],
    ]),
    classTable(style, report),
    report.classes.length <= matrixClasses ? matrix(style, report) : largestErrors(style, report),
  ];
  return `${sections.join('\n\n')}\n`;
}

const percent = (value: number | null) => (value === null ? '' : `${(100 * value).toFixed(2)} %`);
const title = ({ index, label }: EvaluateReport['classes'][number]) =>
  label === null ? String(index) : shortened(label, 24);

function classTable(style: Style, { classes }: EvaluateReport): string {
  const numbers = ['samples', 'predicted', 'correct', 'precision', 'recall', 'F1'];
  return table(
    style,
    [{ title: 'class' }, ...numbers.map((name) => ({ title: name, align: 'right' as const }))],
    classes.map((line) => [
      title(line),
      ...[line.samples, line.predicted, line.correct].map(grouped),
      ...[line.precision, line.recall, line.f1].map(percent),
    ]),
  );
}

function matrix(style: Style, { classes, confusion }: EvaluateReport): string {
  const rows = confusion.map((row, i) => [
    title(classes[i] as EvaluateReport['classes'][number]),
    ...row.map((value, j) => {
      if (value === 0) return style.dim('·');
      return i === j ? style.green(grouped(value)) : style.red(grouped(value));
    }),
  ]);
  const columns = classes.map((line) => ({ title: title(line), align: 'right' as const }));
  return `${style.bold('class (row) and what it was taken for (column)')}\n${table(style, [{ title: '' }, ...columns], rows)}`;
}

function largestErrors(style: Style, { classes, confusion }: EvaluateReport): string {
  const errors = confusion
    .flatMap((row, i) => row.map((value, j) => ({ value, i, j })))
    .filter(({ value, i, j }) => i !== j && value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, listedErrors);
  const name = (index: number) => title(classes[index] as EvaluateReport['classes'][number]);
  return table(
    style,
    [{ title: 'class' }, { title: 'taken for' }, { title: 'samples', align: 'right' }],
    errors.map(({ value, i, j }) => [name(i), name(j), grouped(value)]),
  );
}
