/**
 * The list of what modelc wrote into a project's folder, with a SHA-256 of each file's content: what differs from it is
 * the user's. In the form of `sha256sum`, so that `sha256sum -c .modelc-files` tells which files were changed.
 */
import { createHash } from 'node:crypto';

export const manifestName = '.modelc-files';

/** Checksums of the contents modelc wrote to a path; more than one only while a project is being replaced. */
export type Manifest = ReadonlyMap<string, ReadonlySet<string>>;

export function checksum(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Lines that are no entry, or name a place outside the folder, are ignored: they entitle modelc to nothing. */
export function parseManifest(text: string): Manifest {
  const manifest = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || !isInside(path)) continue;
    manifest.set(path, new Set([...(manifest.get(path) ?? []), sum]));
  }
  return manifest;
}

export function formatManifest(manifest: Manifest): string {
  const lines = [...manifest].flatMap(([path, sums]) => [...sums].sort().map((sum) => `${sum}  ${path}\n`));
  return lines.sort((a, b) => (a.slice(64) < b.slice(64) ? -1 : 1)).join('');
}

/** Whether a path names a file below the folder it is relative to, on any system. */
function isInside(path: string): boolean {
  return !/[\\:\0]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));
}
