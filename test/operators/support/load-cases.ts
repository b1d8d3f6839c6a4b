/** Finds the cases files: every `<operator>.cases.ts` of test/operators. */
import { readdirSync } from 'node:fs';
import type { OperatorCases } from './operator-case.js';

const folder = new URL('../', import.meta.url);

/** The cases of every operator that has a file, in the order of the file names. */
export async function loadCases(): Promise<readonly { readonly file: string; readonly cases: OperatorCases }[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.cases.ts'))
    .sort();
  return Promise.all(
    files.map(async (name) => ({
      file: name.slice(0, -'.cases.ts'.length),
      cases: ((await import(new URL(name, folder).href)) as { default: OperatorCases }).default,
    })),
  );
}
