/** The benchmark's figures as text: docs/benchmarks.md and the summary in README.md. */
import { grouped } from '../../src/report/terminal.js';
import { type Anchor, type AnchorCore, type AnchorModel, anchorBoards, anchorCores, anchorOf } from './anchor.js';
import { type BoardCosts, costsOf, type ModelResult, type Results } from './results.js';

/** Boards of the benchmark in the order of the tables, with the names of their processors. */
export const benchBoards: ReadonlyMap<string, string> = new Map([
  ['rp2040', 'M0+'],
  ['mps2-an385', 'M3'],
  ['mps2-an386', 'M4'],
  ['mps2-an500', 'M7'],
  ['mps2-an505', 'M33'],
  ['mps3-an547', 'M55'],
  ['rv32-virt', 'RV32'],
]);

type Row = readonly string[];

/** The whole page. */
export function page(results: Results, anchor: Anchor): string {
  const { models, machine, tools } = results;
  const boards = [...benchBoards].map(([board, cpu]) => `${cpu} is \`${board}\``).join(', ');
  const versions = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  const notes = refusals(models);
  const sections = [
    `# Benchmarks

Written by \`npm run bench\` from its figures in [benchmarks.json](benchmarks.json); do not edit. \`npm run bench -- --check\` measures again and names every figure that moved, compile times aside; \`--model kws,vww\` and \`--board mps2-an386\` select what is measured. All but [digits](../examples/digits/README.md) are published models, looked for in \`../shared/models\` beside the checkout or in \`models/\` of the folder that \`MODELC_SHARED\` names.

Every figure of a board is what \`modelc verify\` reports, so it belongs to a run whose layers were all equal to the interpreter's, byte for byte. ${boards}. Kernels are scalar C on all of them, compiled by GCC with -O2 as the generated Makefile has it. Tools: ${versions.join(', ')}.`,
    `## Beside TensorFlow Lite Micro

TFLM stands for TensorFlow Lite Micro with CMSIS-NN. Its figures were measured once, apart from this benchmark, and are recorded in [scripts/bench-anchor.json](../scripts/bench-anchor.json) with sources and method:

${bulletList([...Object.entries(anchor.method), ['sources', sourcesText(anchor)]])}

The same files were measured: sizes and multiply-accumulates agree. A ratio below 1 is in favour of modelc. What is not equal: the inputs (three seeds of \`modelc verify --random 1 --seed N\` move the layers of kws and micro_speech on M4 by less than 0.01 % together), -O2 throughout against TFLM's mix of levels, and the simulator of the M0+, where TFLM's Armv6-M code ran on a Cortex-M3.`,
    `## Instructions per inference

![Instructions per inference of modelc relative to TFLM with CMSIS-NN on Cortex-M4 and M0+](benchmarks.svg)

Counted by the simulator with every instruction taking the same time (QEMU's \`-icount\`; [boards/README.md](../boards/README.md#counting-instructions)): exact, and the same in every run. Instructions are not cycles: wait states, caches, dual issue and the several beats of a vector instruction are not in it, so ratios between processors are not ratios of speed.

${matrix(models, ({ instructions }) => instructions)}`,
    `### Against TFLM

Instructions of TFLM, and those of modelc divided by them.

${ratioTable(results, anchor)}

${verdict(results, anchor)}

CMSIS-NN uses the DSP instructions of M4 and M7 and the vector instructions of M55, for which modelc has no kernels yet; on M0+ and M3 both are scalar. TFLM was not measured on M33 and RV32.`,
    `## Memory

The arena holds inputs, outputs, activations and scratch; the bound is the least that any placement of whole tensors in this operator order needs. TFLM's arena also holds what its interpreter keeps about tensors and operators, which modelc has in code; \`planned\` is TFLM's without that part.

${arenaTable(results, anchor)}

Stack: the high-water mark of one inference, in bytes.

${matrix(models, ({ stack_bytes }) => stack_bytes)}`,
    `## Flash

The whole image: vectors, start-up, board support, the example application with its self-test vectors, and the model.

${matrix(models, ({ flash }) => flash.total)}

Of it the model: its constants (weights, folded biases, multipliers, tables) and, for each processor, its code with the kernels.

${modelFlashTable(models)}

The whole image of TFLM's measurement, its \`.tflite\` file included, and that of modelc divided by it.

${flashTable(results, anchor)}`,
    `## Compile time

On ${machine.processor} with Node.js ${machine.node}. Median of five. *Compile* is bytes of the file in, all files of the C project on disk, after one run to warm up. *Command* is \`modelc compile\` from start to end, start of Node.js included.

${compileTable(models)}`,
    ...(results.startup === undefined ? [] : [startupSection(results.startup)]),
    ...(notes.length === 0 ? [] : [`## Where a dash stands\n\n${bulletList(notes)}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function startupSection({ machine, commands }: NonNullable<Results['startup']>): string {
  const rows = commands.map(({ command, cpu_ms, peak_mb }) => [
    `\`${command}\``,
    cpu_ms.toFixed(0),
    peak_mb.toFixed(0),
  ]);
  return `## Start-up

Whole processes from start to end, on ${machine.processor} with Node.js ${machine.node}: user and system time of all threads, and peak memory. Median of five. \`npm run bench -- --startup\` measures these alone.

${markdownTable(['command', 'processor time, ms', 'peak memory, MB'], rows)}`;
}

/** What README.md shows between its markers. */
export function summary(results: Results, anchor: Anchor): string {
  const largest = [...results.models].sort((a, b) => b.compile_ms.warm - a.compile_ms.warm)[0] as ModelResult;
  const vww = results.models.find(({ name }) => name === 'vww') ?? largest;
  const rows = compared(results, anchor).map(({ model, theirs }) => [
    model.name,
    grouped(model.arena_bytes),
    grouped(theirs.arena.m4),
    ...(['m4', 'm0p'] as const).flatMap((core) => {
      const ours = costsOf(model, anchorBoards[core])?.instructions;
      return [ours === undefined ? '—' : grouped(ours), ratioText(ours, theirs.instructions[core])];
    }),
  ]);
  const { processor, node } = results.machine;
  return `Arena in bytes and instructions per inference, beside TensorFlow Lite Micro with CMSIS-NN (TFLM; its arena as on M4). ÷ TFLM is modelc's count divided by TFLM's.

${markdownTable(['model', 'arena', 'TFLM arena', 'M4', '÷ TFLM', 'M0+', '÷ TFLM'], rows)}

${verdict(results, anchor, ['m4', 'm0p'])}

Compiling ${vww.name}, from the file to C on disk, takes ${seconds(vww.compile_ms.warm)} s (${seconds(vww.compile_ms.command)} s as a command; ${processor}, Node.js ${node}).`;
}

const marker = /(<!-- bench -->\n).*?(<!-- \/bench -->)/s;

/** @throws Error when `readme` has no place for the summary */
export function withSummary(readme: string, text: string): string {
  if (!marker.test(readme)) throw new Error('README.md has no markers <!-- bench --> and <!-- /bench -->');
  return readme.replace(marker, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
}

interface Compared {
  readonly model: ModelResult;
  readonly theirs: AnchorModel;
}

/** Models that TFLM was measured with. */
function compared({ models }: Results, anchor: Anchor): readonly Compared[] {
  return models.flatMap((model) => {
    const theirs = anchorOf(anchor, model);
    return theirs === undefined ? [] : [{ model, theirs }];
  });
}

/** One row for each model, one column for each board. */
function matrix(models: readonly ModelResult[], figure: (costs: BoardCosts) => number): string {
  const rows = models.map((model) => [
    model.name,
    ...[...benchBoards.keys()].map((board) => {
      const costs = costsOf(model, board);
      return costs === undefined ? '—' : grouped(figure(costs));
    }),
  ]);
  return markdownTable(['model', ...benchBoards.values()], rows);
}

/** Constants once, as they are the same everywhere, and code for each board. */
function modelFlashTable(models: readonly ModelResult[]): string {
  const rows = models.map((model) => {
    const costs = [...benchBoards.keys()].map((board) => costsOf(model, board));
    const constants = new Set(costs.flatMap((cost) => (cost === undefined ? [] : [cost.flash.weights])));
    return [
      model.name,
      [...constants].map(grouped).join(' or '),
      ...costs.map((cost) => (cost === undefined ? '—' : grouped(cost.flash.code))),
    ];
  });
  return markdownTable(['model', 'constants', ...benchBoards.values()], rows);
}

function ratioTable(results: Results, anchor: Anchor): string {
  return coreTable(results, anchor, ({ instructions }) => instructions, 'instructions');
}

function flashTable(results: Results, anchor: Anchor): string {
  return coreTable(results, anchor, ({ flash }) => flash.total, 'flash');
}

/** Two columns for each processor of the anchor: its figure, and ours divided by it. */
function coreTable(
  results: Results,
  anchor: Anchor,
  ours: (costs: BoardCosts) => number,
  theirs: 'instructions' | 'flash',
): string {
  const rows = compared(results, anchor).map((pair) => [
    pair.model.name,
    ...anchorCores.flatMap((core) => {
      const costs = costsOf(pair.model, anchorBoards[core]);
      const their = pair.theirs[theirs][core];
      return [grouped(their), ratioText(costs === undefined ? undefined : ours(costs), their)];
    }),
  ]);
  return markdownTable(['model', ...anchorCores.flatMap((core) => [`TFLM ${cpuOf(core)}`, '÷'])], rows);
}

function arenaTable(results: Results, anchor: Anchor): string {
  const rows = results.models.map((model) => {
    const theirs = anchorOf(anchor, model);
    const figures = theirs && [theirs.arena.m4, theirs.activations.m4, theirs.arena.m55, theirs.activations.m55];
    return [
      model.name,
      ...[model.arena_bytes, model.arena_lower_bound, model.scratch_bytes].map(grouped),
      ...(figures?.map(grouped) ?? ['', '', '', '']),
    ];
  });
  const titles = ['arena', 'bound', 'of it scratch', 'TFLM M4', 'planned', 'TFLM M55', 'planned'];
  return markdownTable(['model', ...titles], rows);
}

function compileTable(models: readonly ModelResult[]): string {
  return markdownTable(
    ['model', '.tflite bytes', 'multiply-accumulates', 'compile, ms', 'command, ms'],
    models.map(({ name, bytes, macs, compile_ms: { warm, command } }) => [
      name,
      grouped(bytes),
      grouped(macs),
      warm.toFixed(1),
      command.toFixed(0),
    ]),
  );
}

/** Says in plain words where TFLM needs fewer instructions. */
export function verdict(results: Results, anchor: Anchor, cores: readonly AnchorCore[] = anchorCores): string {
  const pairs = compared(results, anchor);
  const sentences = cores.map((core) => {
    const measured = pairs.flatMap(({ model, theirs }) => {
      const ours = costsOf(model, anchorBoards[core])?.instructions;
      return ours === undefined ? [] : [{ name: model.name, ratio: ours / theirs.instructions[core] }];
    });
    const more = measured.filter(({ ratio }) => ratio > 1);
    if (more.length === 0) return `- ${cpuOf(core)}: none.`;
    const names = more.map(({ name, ratio }) => `${name} (${ratio.toFixed(2)})`).join(', ');
    return `- ${cpuOf(core)}: ${more.length} of ${measured.length}: ${names}.`;
  });
  return `Models for which modelc executes more instructions than TFLM:\n\n${sentences.join('\n')}`;
}

function refusals(models: readonly ModelResult[]): readonly (readonly [string, string])[] {
  return models.flatMap(({ name, boards }) =>
    boards.flatMap((result) =>
      'reason' in result ? [[`${name} on ${benchBoards.get(result.board)}`, result.reason] as const] : [],
    ),
  );
}

function sourcesText({ sources }: Anchor): string {
  return Object.entries(sources)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function bulletList(items: readonly (readonly [name: string, text: string])[]): string {
  return items.map(([name, text]) => `- ${name}: ${text}`).join('\n');
}

function cpuOf(core: AnchorCore): string {
  return benchBoards.get(anchorBoards[core]) as string;
}

function ratioText(ours: number | undefined, theirs: number): string {
  return ours === undefined ? '—' : (ours / theirs).toFixed(2);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

/** Columns of equal width, the first to the left and numbers to the right. */
export function markdownTable(titles: Row, rows: readonly Row[]): string {
  const widths = titles.map((title, i) => Math.max(3, title.length, ...rows.map((row) => (row[i] as string).length)));
  const line = (cells: Row) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(titles), rule, ...rows.map(line)].join('\n');
}
