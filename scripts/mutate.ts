/**
 * Measures the tests: plants small faults in a copy of the sources, one after another, and counts those that the unit
 * suite finds.
 *
 *   npm run mutate                              a sample of 200 faults, with a new seed
 *   npm run mutate -- --seed 7 --count 300      the sample of a seed, of another size
 *   npm run mutate -- --only 12,40              some faults of the sample again
 *
 * Every run prints its seed. The result goes to docs/mutation.json; docs/mutation.md says how to read it.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { type Fault, faultsOf, instrument } from './mutate/faults.js';
import { type FaultResult, type MutationRun, summary } from './mutate/report.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['codegen', 'memory', 'operators', 'tflite', 'verify'];
/** A fault with which nothing happens for so long does not end. */
const patienceMs = 300_000;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
const seed = Number(options.seed);
console.log(`mutation: seed ${seed}, ${options.count} faults`);

const copy = mkdtempSync(join(tmpdir(), 'modelc-mutate-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const faults = sample(await plant(), seed, Number(options.count));
writeInstrumented(faults);
const wanted = new Set(options.only?.split(',').map(Number) ?? faults.keys());
const journal = join(copy, 'mutation.jsonl');
writeFileSync(journal, '');
await runSuite();
await runAlone();
const run: MutationRun = {
  seed,
  results: [...wanted].map((id) => ({ id, ...(faults[id] as Fault), outcome: outcomeOf(id) })),
};
if (options.only === undefined) {
  writeFileSync(join(root, 'docs/mutation.json'), `${JSON.stringify(run, undefined, 1)}\n`);
}
console.log(summary(run));

/** Copies what git knows or would know, and lists the faults of the rooms. */
async function plant(): Promise<Fault[]> {
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root });
  for (const file of stdout.split('\n')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const sources = stdout
    .split('\n')
    .filter((file) => rooms.some((room) => file.startsWith(`src/${room}/`)) && /(?<!\.generated)\.ts$/.test(file));
  return sources.flatMap((file) => faultsOf(file, readFileSync(join(root, file), 'utf8')));
}

/** `count` of the faults, drawn by the seed, in the order of the sources. */
function sample(all: readonly Fault[], from: number, count: number): Fault[] {
  const keyed = all.map((fault, i) => ({ fault, i, key: mix(from, i) }));
  const drawn = keyed.sort((a, b) => a.key - b.key).slice(0, count);
  console.log(`mutation: ${drawn.length} of ${all.length} possible faults`);
  return drawn.sort((a, b) => a.i - b.i).map(({ fault }) => fault);
}

/** A number that depends on all bits of both (the finaliser of MurmurHash3). */
function mix(a: number, b: number): number {
  let h = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** All faults of the sample are in the copy at once; an environment variable says which one is active. */
function writeInstrumented(drawn: readonly Fault[]): void {
  for (const file of new Set(drawn.map((fault) => fault.file))) {
    const own = drawn.flatMap((fault, id) => (fault.file === file ? [{ ...fault, id }] : []));
    writeFileSync(join(copy, file), instrument(file, readFileSync(join(root, file), 'utf8'), own));
  }
}

interface Entry {
  /** A fault that was found; `how` it was, unless by a test that failed. */
  readonly found?: number;
  readonly how?: 'timed out';
  /** A fault that is being tried by a test file. */
  readonly begun?: number;
  readonly file?: string;
  /** A test file that has tried all its faults. */
  readonly done?: string;
  /** Faults through whose place the file ran before its first test: these need a fresh start to show. */
  readonly whileLoading?: readonly number[];
}

function entries(): Entry[] {
  const lines = readFileSync(journal, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
}

function note(entry: Entry): void {
  writeFileSync(journal, `${JSON.stringify(entry)}\n`, { flag: 'a' });
}

function outcomeOf(id: number): FaultResult['outcome'] {
  const known = entries();
  const found = known.find((entry) => entry.found === id);
  if (found !== undefined) return found.how ?? 'killed';
  return known.some(({ begun, whileLoading = [] }) => begun === id || whileLoading.includes(id))
    ? 'survived'
    : 'not run';
}

/**
 * Runs the suite once; each test file tries the faults it runs through. A fault that stops the process, or with which
 * nothing happens for long, is found too; the suite then goes on with the files that are left.
 */
async function runSuite(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const done = new Set(entries().flatMap((entry) => entry.done ?? []));
    const excluded = [...done].flatMap((file) => ['--exclude', relative(copy, file)]);
    const before = entries().length;
    const result = await vitest(excluded, { MODELC_MUTATION_JOURNAL: journal });
    const after = entries();
    const last = after.at(-1);
    if (last?.begun === undefined) {
      if (result.exitCode === 0 || done.size > 0) return;
      throw new Error(`the tests fail without a fault\n${result.all.slice(-4000)}`);
    }
    if (after.length === before) throw new Error(`the suite does not start\n${result.all.slice(-4000)}`);
    note({ found: last.begun, how: 'timed out' });
  }
}

/** Faults that could show while modules load, and were not found by the tests: one process each. */
async function runAlone(): Promise<void> {
  const loading = entries().filter(({ whileLoading = [] }) => whileLoading.length > 0);
  for (const id of wanted) {
    if (outcomeOf(id) !== 'survived') continue;
    const files = loading
      .filter(({ whileLoading = [] }) => whileLoading.includes(id))
      .flatMap(({ file }) => file ?? []);
    if (files.length === 0) continue;
    const result = await vitest(['--bail', '1', ...files], { MODELC_MUTANT: String(id) });
    if (result.exitCode !== 0) note({ found: id });
    console.log(
      `mutation: ${id} alone with ${files.length} test files: ${result.exitCode === 0 ? 'survived' : 'found'}`,
    );
  }
}

/** Runs tests in the copy; stops them when the journal has not grown for too long. */
async function vitest(args: readonly string[], env: Readonly<Record<string, string>>) {
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const command = [
    program,
    'run',
    '--config',
    'scripts/mutate/vitest.config.ts',
    '--root',
    copy,
    '--reporter',
    'dot',
    ...args,
  ];
  const running = execa('node', command, { cwd: copy, env, reject: false, all: true, stdin: 'ignore', cleanup: true });
  let seen = entries().length;
  let since = Date.now();
  const watch = setInterval(() => {
    const now = entries();
    if (now.length > seen) {
      const found = new Set(now.flatMap((entry) => entry.found ?? [])).size;
      console.log(`mutation: ${found} found, ${now.filter(({ done }) => done !== undefined).length} test files done`);
      since = Date.now();
    }
    seen = now.length;
    if (Date.now() - since > patienceMs) running.kill('SIGKILL');
  }, 10_000);
  try {
    return await running;
  } finally {
    clearInterval(watch);
  }
}
