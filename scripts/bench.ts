/**
 * The project's benchmark: `npm run bench` measures all models on all boards and writes docs/benchmarks.* and the
 * summary in README.md. With --check, --model or --board it writes nothing; with --pages it measures nothing. Results
 * go to standard output, progress to standard error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { loadBoards } from '../src/targets/load-boards.js';
import { sharedModelPaths, sharedModelsAbsent } from '../test/support/shared-models.js';
import { type Anchor, loadAnchor } from './bench/anchor.js';
import { chart } from './bench/chart.js';
import { machine, measureModel, measureStartup, toolVersions } from './bench/measure.js';
import { benchBoards, page, summary, withSummary } from './bench/page.js';
import { differences, type Results, resultsSchema, toolDifferences } from './bench/results.js';

const place = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const files = {
  record: place('docs/benchmarks.json'),
  page: place('docs/benchmarks.md'),
  chart: place('docs/benchmarks.svg'),
  readme: place('README.md'),
};

interface Options {
  readonly model?: readonly string[];
  readonly board?: readonly string[];
  readonly check: boolean;
  readonly pages: boolean;
  readonly startup: boolean;
}

const list = (text: string) => text.split(',');
const program = new Command('npm run bench --')
  .option('--model <names>', 'only these models, separated by commas', list)
  .option('--board <names>', 'only these boards, separated by commas', list)
  .option('--check', 'compare with docs/benchmarks.json; status 1 when a figure moved', false)
  .option('--pages', 'write pages and chart from docs/benchmarks.json without measuring', false)
  .option('--startup', 'measure the start of the command alone, and record it', false)
  .parse();

await bench(program.opts<Options>());

async function bench(options: Options): Promise<void> {
  const anchor = loadAnchor();
  if (options.pages) {
    writePages(readRecord(), anchor);
    return;
  }
  const names = ['digits', ...anchor.models.map(({ name }) => name)];
  const paths = new Map(
    [place('examples/digits/digits.tflite'), ...sharedModelPaths()].map((path) => [basename(path, '.tflite'), path]),
  );
  const models = selection('model', names, options.model);
  if (options.startup) {
    writeRecord({ ...readRecord(), startup: startup(paths) }, anchor);
    return;
  }
  const boards = selection('board', [...benchBoards.keys()], options.board);
  const absent = models.filter((name) => !paths.has(name));
  if (absent.length > 0) console.error(`Not measured: ${absent.join(', ')}: ${sharedModelsAbsent ?? 'no such file'}`);

  const tools = await toolVersions(loadBoards().filter(({ name }) => boards.includes(name)));
  const measured: Results = {
    machine: machine(),
    tools,
    models: models.flatMap((name, index) => {
      const path = paths.get(name);
      if (path === undefined) return [];
      console.error(`[${index + 1}/${models.length}] ${name}`);
      return [measureModel(path, boards)];
    }),
  };

  if (options.check) {
    check(measured);
    return;
  }
  process.stdout.write(page(measured, anchor));
  if (options.model !== undefined || options.board !== undefined || absent.length > 0) {
    console.error('Nothing was written: only a run of all models on all boards is recorded.');
    return;
  }
  writeRecord({ ...measured, startup: startup(paths) }, anchor);
}

/** The start of the command with a small and a large model. */
function startup(paths: ReadonlyMap<string, string>): NonNullable<Results['startup']> {
  const chosen = ['digits', 'mcunet_vww1'].flatMap((name) => {
    const path = paths.get(name);
    return path === undefined ? [] : [[name, path] as const];
  });
  return measureStartup(new Map(chosen));
}

function writeRecord(results: Results, anchor: Anchor): void {
  writeFileSync(files.record, `${JSON.stringify(results, undefined, 2)}\n`);
  writePages(results, anchor);
}

function readRecord(): Results {
  return resultsSchema.parse(JSON.parse(readFileSync(files.record, 'utf8')));
}

function writePages(results: Results, anchor: Anchor): void {
  writeFileSync(files.page, page(results, anchor));
  writeFileSync(files.chart, chart(results, anchor));
  writeFileSync(files.readme, withSummary(readFileSync(files.readme, 'utf8'), summary(results, anchor)));
  console.error('Written: docs/benchmarks.md, docs/benchmarks.svg and the summary in README.md.');
}

/** Prints what moved and sets the exit status. */
function check(measured: Results): void {
  if (measured.models.length === 0) program.error('nothing was compared', { exitCode: 2 });
  const recorded = readRecord();
  const moved = differences(recorded, measured);
  for (const line of moved) console.log(line);
  for (const line of toolDifferences(recorded, measured.tools)) console.error(`Another tool: ${line}`);
  const compared = measured.models.map(({ name }) => name).join(', ');
  console.error(moved.length === 0 ? `As recorded: ${compared}.` : 'Figures moved; npm run bench records them.');
  if (moved.length > 0) process.exitCode = 1;
}

/** What the user chose, in the order of `known`. */
function selection(what: string, known: readonly string[], chosen: readonly string[] = known): readonly string[] {
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    program.error(`no ${what} ${unknown.join(', ')}; there are: ${known.join(', ')}`, { exitCode: 2 });
  return known.filter((name) => chosen.includes(name));
}
