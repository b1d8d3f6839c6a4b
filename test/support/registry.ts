/** Runs once before the suites: generates what follows from the operators' modules. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function generateRegistry(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/generate-registry.mjs', import.meta.url))]);
}
