/** docs/benchmarks.svg: instructions of modelc relative to TFLM with CMSIS-NN. */
import { grouped } from '../../src/report/terminal.js';
import { type Anchor, type AnchorCore, anchorBoards, anchorOf } from './anchor.js';
import { costsOf, type Results } from './results.js';

const series = [
  { core: 'm4', title: 'Cortex-M4', colour: '#2f6fab' },
  { core: 'm0p', title: 'Cortex-M0+', colour: '#c98a2b' },
] as const satisfies readonly { readonly core: AnchorCore; readonly title: string; readonly colour: string }[];

const width = 880;
const left = 140;
const right = 250;
const top = 66;
const barHeight = 14;
const groupHeight = 2 * barHeight + 12;

/** Horizontal bars, two for each model that TFLM was measured with; 1 is TFLM. */
export function chart(results: Results, anchor: Anchor): string {
  const groups = results.models.flatMap((model) => {
    const theirs = anchorOf(anchor, model);
    if (theirs === undefined) return [];
    const bars = series.flatMap(({ core, colour }) => {
      const ours = costsOf(model, anchorBoards[core])?.instructions;
      const their = theirs.instructions[core];
      return ours === undefined
        ? []
        : [{ colour, ratio: ours / their, label: `${grouped(ours)} to ${grouped(their)}` }];
    });
    return [{ name: model.name, bars }];
  });
  const largest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ ratio }) => ratio)));
  const scale = (width - left - right) / (Math.ceil(largest * 4) / 4);
  const height = top + groups.length * groupHeight + 10;
  const bottom = height - 10;
  const ticks = Array.from({ length: Math.ceil(largest * 4) + 1 }, (_, i) => i / 4).filter((tick) => tick !== 1);
  const x = (ratio: number) => (left + ratio * scale).toFixed(1);

  const legend = series.map(
    ({ title, colour }, i) =>
      `  <rect x="${left + i * 120}" y="14" width="12" height="12" fill="${colour}"/><text x="${left + 18 + i * 120}" y="25">${title}</text>`,
  );
  const grid = ticks.flatMap((tick) => [
    `  <path d="M${x(tick)} ${top - 8}V${bottom}" stroke="#dde2e6"/>`,
    `  <text x="${x(tick)}" y="${top - 14}" text-anchor="middle" font-size="11" fill="#4a545c">${tick}</text>`,
  ]);
  const body = groups.flatMap(({ name, bars }, i) => {
    const y = top + i * groupHeight;
    return [
      `  <text x="${left - 10}" y="${y + barHeight + 5}" text-anchor="end">${name}</text>`,
      ...bars.flatMap(({ colour, ratio, label }, j) => [
        `  <rect x="${left}" y="${y + j * barHeight}" width="${(ratio * scale).toFixed(1)}" height="${barHeight - 1}" fill="${colour}"/>`,
        `  <text x="${width - right + 16}" y="${y + (j + 1) * barHeight - 3}" font-size="11" fill="#4a545c">${ratio.toFixed(2)}  (${label})</text>`,
      ]),
    ];
  });
  const reference = [
    `  <path d="M${x(1)} ${top - 8}V${bottom}" stroke="#1c2226" stroke-width="1.5" stroke-dasharray="5 3"/>`,
    `  <text x="${x(1)}" y="${top - 14}" text-anchor="middle" font-size="12" font-weight="600">1 = TFLM</text>`,
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#1c2226" role="img" aria-labelledby="t">`,
    '  <title id="t">Instructions per inference of modelc divided by those of TensorFlow Lite Micro with CMSIS-NN, for each model on Cortex-M4 and Cortex-M0+; shorter is better.</title>',
    `  <rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...legend,
    `  <text x="${width - right + 16}" y="25" font-size="11" fill="#4a545c">ratio  (instructions, modelc to TFLM)</text>`,
    ...grid,
    ...body,
    ...reference,
    '</svg>',
  ].join('\n')}\n`;
}
