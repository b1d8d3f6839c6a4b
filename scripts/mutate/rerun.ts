/**
 * Runs in each test file after its tests: runs them again with one fault active after the other, until one fails.
 * Nothing is loaded again, so that a fault costs no more than the tests that run through it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import { getFn } from 'vitest/suite';

type Task = { readonly type: string; readonly name: string; readonly mode: string; readonly tasks?: readonly Task[] };
interface State {
  /** How often each fault's place was run through. */
  readonly seen: Uint32Array;
  active: number;
  /** A loop that runs through the active fault more often than this does not end. */
  limit: number;
}

/** One line of JSON for each thing that happened; the parent and later test files read it. */
const journal = process.env.MODELC_MUTATION_JOURNAL ?? '';
const state = (): State | undefined => (globalThis as { modelcMutation?: State }).modelcMutation;

let whileLoading: readonly number[] = [];

beforeAll(() => {
  whileLoading = seenNow();
});

// biome-ignore lint/correctness/noEmptyPattern: vitest takes what a hook destructures from its first argument
afterAll(async ({}, file) => {
  if (journal === '' || state() === undefined) return;
  const path = expect.getState().testPath ?? '';
  note({ file: path, whileLoading });
  const entries = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];
  const settled = new Set(entries.map((line) => (JSON.parse(line) as { found?: number }).found));
  // a test that only works once says nothing
  const tests = [];
  for (const test of testsOf(file as unknown as Task)) {
    const counts = await run(test, -1, Number.MAX_SAFE_INTEGER);
    if (counts !== undefined) tests.push({ test, ...counts });
  }
  tests.sort((a, b) => a.ms - b.ms);
  for (const id of new Set(tests.flatMap(({ seen }) => [...seen.keys()]))) {
    if (settled.has(id)) continue;
    note({ begun: id, file: path });
    for (const { test, seen } of tests) {
      const calls = seen.get(id);
      if (calls === undefined || (await run(test, id, 100 * calls + 100_000)) !== undefined) continue;
      note({ found: id, test: test.name, file: path });
      break;
    }
  }
  note({ done: path });
}, 3_600_000);

/** Which faults' places the test ran through, and how long it took; undefined when it failed. */
async function run(test: Task, id: number, limit: number) {
  const current = state() as State;
  current.seen.fill(0);
  current.active = id;
  current.limit = limit;
  const started = performance.now();
  try {
    await (getFn(test as never) as () => Promise<void>)();
    const seen = new Map(seenNow().map((hit) => [hit, current.seen[hit] as number]));
    return { seen, ms: performance.now() - started };
  } catch {
    return undefined;
  } finally {
    current.active = -1;
  }
}

function seenNow(): number[] {
  return [...(state()?.seen ?? [])].flatMap((count, id) => (count > 0 ? [id] : []));
}

function testsOf({ tasks = [] }: Task): Task[] {
  return tasks.flatMap((task) => (task.type === 'test' ? (task.mode === 'run' ? [task] : []) : testsOf(task)));
}

function note(entry: object): void {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
}
