#!/usr/bin/env node
/**
 * All tests, on a machine that may have nothing but Node and git: sets the machine up, then runs the checks and suites.
 *
 *   npm test                          everything
 *   npm test -- --project unit        one suite; arguments go to vitest
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SetUpError, setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a tool of the project; ends the process with its status when it fails. */
function run(title, command, args) {
  console.error(`\n== ${title}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const vitestArguments = process.argv.slice(2);
try {
  await setUp({ for: 'test', root });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exit(5);
}
if (vitestArguments.length === 0) {
  run('Lint and format', 'npx', ['biome', 'check', '.']);
  run('Types', 'npx', ['tsc', '--noEmit']);
}
run('Build', 'npm', ['run', '--silent', 'build']);
run('Tests', 'npx', ['vitest', 'run', ...vitestArguments]);
