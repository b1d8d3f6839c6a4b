#!/usr/bin/env node
/**
 * The main job on a real model, from nothing: sets the machine up, compiles the digits example for a Cortex-M4, builds
 * it, proves it layer by layer in QEMU, and lets the simulated chip read a handwritten digit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpError, setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const model = 'examples/digits/digits.tflite';
const digit = 'examples/digits/test-vectors/in06.bin';
const board = 'mps2-an386';

/** Runs a command in the project's folder; ends the process with its status when it fails. */
function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs modelc as a user would, and shows the command. */
function modelc(...args) {
  console.log(`\n$ modelc ${args.join(' ')}`);
  run(process.execPath, ['dist/cli/main.js', ...args]);
}

/** An 8×8 image of int8 pixels beside ten scores of scale 1/256 and zero point −128, as text. */
function picture(pixels, scores) {
  const shades = ' .:-=+*#%@';
  const rows = Array.from({ length: 8 }, (_, y) =>
    Array.from(pixels.subarray(8 * y, 8 * y + 8), (pixel) =>
      shades[Math.floor(((pixel + 128) * 10) / 256)].repeat(2),
    ).join(''),
  );
  const bars = Array.from(scores, (score, value) => {
    const percent = ((score + 128) * 100) / 256;
    return `${value} ${'█'.repeat(Math.round(percent / 4)).padEnd(25)} ${percent.toFixed(1).padStart(5)} %`;
  });
  return bars.map((bar, line) => `  ${(rows[line - 1] ?? '').padEnd(16)}   ${bar}`).join('\n');
}

try {
  await setUp({ for: 'demo', root });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exit(5);
}
run('npm', ['run', '--silent', 'build']);

const output = mkdtempSync(join(tmpdir(), 'modelc-demo-'));
try {
  modelc('verify', model, '--board', board);
  modelc('run', model, '--on', board, '--input', digit, '--output', output);
  const bytes = (path) => new Int8Array(new Uint8Array(readFileSync(path)).buffer);
  console.log(`\nA handwritten digit from ${digit}, and what the simulated chip made of it:\n`);
  console.log(picture(bytes(join(root, digit)), bytes(join(output, 'out0.bin'))));
} finally {
  rmSync(output, { recursive: true, force: true });
}
