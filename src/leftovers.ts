/**
 * What must not outlive a command: its temporary folders and the programs it started. A command tidies up by itself;
 * this list is for the moment when it cannot, because it is stopped in the middle of a computation.
 */
import { mkdtempSync, rmSync } from 'node:fs';

export interface Leftovers {
  readonly folders: readonly string[];
  /** Process ids. */
  readonly processes: readonly number[];
}

const folders = new Set<string>();
const processes = new Set<number>();
let observer: (leftovers: Leftovers) => void = () => {};

/** Calls `callback` with the whole list whenever it changes. */
export function observeLeftovers(callback: (leftovers: Leftovers) => void): void {
  observer = callback;
}

function changed(): void {
  observer({ folders: [...folders], processes: [...processes] });
}

/** A new folder whose path begins with `prefix`, to be removed with `removeTemporaryFolder`. */
export function createTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  folders.add(folder);
  changed();
  return folder;
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
  changed();
}

/** Waits for a program, which is listed while it runs. */
export async function listed<Result>(program: PromiseLike<Result> & { readonly pid?: number }): Promise<Result> {
  const { pid } = program;
  if (pid === undefined) return program;
  processes.add(pid);
  changed();
  try {
    return await program;
  } finally {
    processes.delete(pid);
    changed();
  }
}
