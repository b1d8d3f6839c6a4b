import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of what set-up reads, and a PATH on which only the given commands exist. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelc-setup-'));
  for (const path of ['scripts/setup.mjs', 'boards/tools.json', 'package-lock.json', 'package.json']) {
    cpSync(join(project, path), join(folder, path));
  }
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'bin'));
  for (const command of ['sh', 'env', 'touch', 'chmod']) symlinkSync(`/bin/${command}`, join(folder, 'bin', command));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), readFileSync(join(folder, 'package-lock.json')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function command(name: string, script: string): void {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

/** A command that appends its arguments to calls.txt. */
function recorded(name: string, script = ''): void {
  command(name, `echo "${name} $*" >> '${folder}/calls.txt'\n${script}`);
}

function setUp(...args: string[]) {
  const environment = { PATH: join(folder, 'bin'), CI: 'true' };
  return spawnSync(process.execPath, [join(folder, 'scripts/setup.mjs'), ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const calls = () => readFileSync(join(folder, 'calls.txt'), 'utf8').trim().split('\n');

const isRoot = process.getuid?.() === 0;
/** Whoever runs the test, set-up finds a way to become root that does nothing. */
const asRoot = () => command('sudo', '[ "$1" = -n ] && shift; exec "$@"');

describe('set-up for the demonstration', () => {
  it('installs only what is missing, with one update, and says why', () => {
    asRoot();
    recorded(
      'apt-get',
      `for tool in make qemu-system-arm; do touch '${folder}/bin/'$tool; chmod +x '${folder}/bin/'$tool; done`,
    );
    command('arm-none-eabi-gcc', 'echo /somewhere/libc.a');
    const first = setUp('--for', 'demo');
    expect(first.stderr).toMatch(/make +runs the generated Makefile/);
    expect(first.stderr).toMatch(/qemu-system-arm +simulates the Arm boards/);
    expect(first.status).toBe(0);
    const [update, install, ...others] = calls();
    expect(update).toMatch(/ update$/);
    expect(install).toMatch(/ install -y --no-install-recommends make qemu-system-arm$/);
    expect(others).toEqual([]);

    const second = setUp('--for', 'demo');
    expect(second).toMatchObject({ status: 0, stderr: 'Ready.\n' });
    expect(calls()).toHaveLength(2);
  });

  it('notices a compiler without its C library', () => {
    asRoot();
    recorded('apt-get');
    for (const tool of ['make', 'qemu-system-arm']) command(tool, '');
    command('arm-none-eabi-gcc', 'echo libc.a');
    setUp('--for', 'demo');
    expect(calls().at(-1)).toMatch(/recommends libnewlib-arm-none-eabi$/);
  });

  it('names the packages where there is no apt-get', () => {
    const result = setUp('--for', 'demo');
    expect(result.status).toBe(5);
    expect(result.stderr).toMatch(/no apt-get.*gcc-arm-none-eabi libnewlib-arm-none-eabi/);
  });

  it.skipIf(isRoot)('names the packages where it may not become root (cannot be tested as root)', () => {
    recorded('apt-get');
    const result = setUp('--for', 'demo');
    expect(result.status).toBe(5);
    expect(result.stderr).toMatch(/Neither root nor sudo/);
  });

  it('stops with the reason when apt-get fails', () => {
    asRoot();
    recorded('apt-get', 'exit 100');
    const result = setUp('--for', 'demo');
    expect(result.status).toBe(5);
    expect(result.stderr).toMatch(/status 100\. Install by hand/);
    expect(calls()).toHaveLength(1);
  });

  it('installs npm packages when one has another version than the lock file', () => {
    for (const tool of ['make', 'qemu-system-arm']) command(tool, '');
    command('arm-none-eabi-gcc', 'echo /somewhere/libc.a');
    recorded('npm');
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    lock.packages['node_modules/zod'].version = '0.0.1';
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify(lock));
    expect(setUp('--for', 'demo').status).toBe(0);
    expect(calls()).toEqual(['npm ci --no-audit --no-fund']);
  });

  it('refuses unknown arguments', () => {
    expect(setUp('--for', 'fun').stderr).toMatch(/--for takes demo or test/);
    expect(setUp('fun').stderr).toMatch(/Usage/);
  });
});
