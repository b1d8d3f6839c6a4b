#!/usr/bin/env node
/**
 * The `modelc` command. This file has to run on a Node.js that is too old, to say so: nothing of modelc is imported
 * before its version is known, and the syntax is that of Node.js 14.
 */
// biome-ignore lint/style/useNodejsImportProtocol: older than `node:`
import { readFileSync } from 'fs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const needed = Number(engines.node.replace(/\D/g, ''));
if (Number(process.versions.node.split('.')[0]) >= needed) {
  import('./process.js').then(({ startProcess }) => startProcess(import.meta.url));
} else {
  const problem = {
    code: 'usage/node',
    message: `modelc needs Node.js ${needed} or newer; this is ${process.versions.node}.`,
    remedy: 'Install a newer one from https://nodejs.org, or with a version manager such as nvm.',
    place: {},
  };
  process.stderr.write(`error ${problem.code}: ${problem.message} ${problem.remedy}\n`);
  if (process.argv.indexOf('--json') >= 0) {
    process.stdout.write(
      `${JSON.stringify({ schema_version: 1, command: null, exit_code: 2, problems: [problem] })}\n`,
    );
  }
  process.exitCode = 2;
}
