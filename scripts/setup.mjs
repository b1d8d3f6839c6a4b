#!/usr/bin/env node
/**
 * Makes a Debian or Ubuntu machine that has only Node and git ready: npm packages, compilers and simulators by apt and,
 * for the tests, a Python environment with TensorFlow Lite Micro. It installs only what is missing and says what and
 * why before it does. It needs nothing but Node itself, so it can be the first thing to run.
 *
 *   node scripts/setup.mjs [--for demo|test]      (default: test)
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const groups = ['demo', 'test'];

/** The release of TensorFlow Lite Micro whose reference kernels define what a model means. */
const tflmVersion = '0.dev20261023182759';
/** Build systems of others, in which the tests use what modelc makes for them. */
const hostTools = ['platformio==6.2.0', 'scons==4.11.1', 'kconfiglib==14.1.0', 'idf-component-manager==3.1.2'];
/** Minor versions of Python 3 for which that release has packages, the preferred one first. */
const pythonMinors = [11, 12, 13, 10];

/** A failure the reader can act on; printed without a stack trace. */
export class SetUpError extends Error {}

/**
 * Makes the machine ready for the demonstration or for all tests. Quick and silent when nothing is missing.
 *
 * @param {{ for?: 'demo' | 'test', root?: string, log?: (line: string) => void }} options
 * @throws SetUpError with what to do by hand
 */
export async function setUp({ for: group = 'test', root = projectRoot, log = (line) => console.error(line) } = {}) {
  if (!groups.includes(group)) throw new SetUpError(`--for takes ${groups.join(' or ')}, not "${group}".`);
  installSystemPackages(missingSystemPackages(group, root), log);
  if (group === 'test') installClangRuntime(log);
  installNpmPackages(root, log);
  if (group === 'test') {
    installTflm(root, log);
    installHostTools(root, log);
  }
}

// ---- commands ------------------------------------------------------------------------------------------------------

/** Whether the command is on the PATH. */
export function hasCommand(name, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return directory !== '';
    } catch {
      return false;
    }
  });
}

/** Standard output of a command that ends well; undefined otherwise. */
function outputOf(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs a command whose output the reader sees, on standard error so that standard output stays free for results. */
function run(command, args, { cwd, remedy }) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    const reason = error === undefined ? `ended with status ${status}` : error.message;
    throw new SetUpError(`${command} ${args.join(' ')} ${reason}. ${remedy}`);
  }
}

// ---- apt -----------------------------------------------------------------------------------------------------------

/** Things that a present command may still lack because another package brings them. */
const companions = {
  gcc: [{ packages: ['libc6-dev'], purpose: 'C library headers', present: () => existsSync('/usr/include/stdio.h') }],
  'arm-none-eabi-gcc': [
    {
      packages: ['libnewlib-arm-none-eabi'],
      purpose: 'C library for Arm Cortex-M',
      // GCC prints the bare name of a file it does not find.
      present: () => outputOf('arm-none-eabi-gcc', ['-print-file-name=libc.a']) !== 'libc.a',
    },
  ],
};

/**
 * @returns {{ what: string, purpose: string, packages: string[] }[]} what the group needs and the machine lacks
 */
export function missingSystemPackages(group, root = projectRoot, isPresent = hasCommand) {
  const tools = JSON.parse(readFileSync(join(root, 'boards/tools.json'), 'utf8'));
  const missing = [];
  for (const [command, { purpose, packages, groups: needing }] of Object.entries(tools)) {
    if (!needing.includes(group)) continue;
    if (!isPresent(command)) {
      missing.push({ what: command, purpose, packages });
      continue;
    }
    for (const companion of companions[command] ?? []) {
      if (!companion.present()) {
        missing.push({ what: companion.packages[0], purpose: companion.purpose, packages: companion.packages });
      }
    }
  }
  if (group === 'test' && !tflmIsInstalled(root) && findPython() === undefined) {
    missing.push({
      what: 'Python with venv',
      purpose: 'runs TensorFlow Lite Micro, the reference for all results',
      packages: ['python3', 'python3-venv'],
    });
  }
  return missing;
}

let packageListsAreFresh = false;

function installSystemPackages(missing, log) {
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((item) => item.packages))];
  log('Missing on this machine:');
  for (const { what, purpose } of missing) log(`  ${what.padEnd(24)} ${purpose}`);
  log(`To be installed with apt-get: ${packages.join(' ')}`);

  const byHand = `Install by hand: apt-get install ${packages.join(' ')}`;
  if (!hasCommand('apt-get'))
    throw new SetUpError(`There is no apt-get here. ${byHand}, or what your system calls them.`);
  const apt = aptCommand(byHand);
  const aptGet = (args) =>
    run(apt[0], [...apt.slice(1), '-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { remedy: `${byHand}.` });
  if (!packageListsAreFresh) {
    log('Updating the package lists …');
    aptGet(['update']);
    packageListsAreFresh = true;
  }
  log('Installing …');
  aptGet(['install', '-y', '--no-install-recommends', ...packages]);
  log('Installed.');
}

/** The start of an apt-get command line that may install and never asks. */
function aptCommand(byHand) {
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (process.getuid?.() === 0) return quiet;
  if (!hasCommand('sudo')) throw new SetUpError(`Neither root nor sudo: cannot install packages. ${byHand} (as root).`);
  if (process.stdin.isTTY) {
    // The only question that may be asked: sudo's password, once, on the terminal.
    spawnSync('sudo', ['-v'], { stdio: ['inherit', 2, 2] });
  }
  if (outputOf('sudo', ['-n', 'true']) === undefined) {
    throw new SetUpError(`sudo needs a password and there is no terminal to ask on. ${byHand} (as root).`);
  }
  return ['sudo', '-n', ...quiet];
}

/** Clang's sanitizer runtime, whose package is named after Clang's version: known only once Clang is there. */
function installClangRuntime(log) {
  if (clangHasSanitizers()) return;
  const version = /version (\d+)/.exec(outputOf('clang', ['--version']) ?? '')?.[1];
  const candidates = [`libclang-rt-${version}-dev`, `libclang-common-${version}-dev`];
  const known = candidates.find((name) => outputOf('apt-cache', ['show', '--no-all-versions', name]) !== undefined);
  const purpose = 'address sanitizer for Clang';
  installSystemPackages([{ what: 'clang runtime', purpose, packages: [known ?? candidates[0]] }], log);
  if (!clangHasSanitizers()) {
    throw new SetUpError(`clang still has no address sanitizer after installing ${known ?? candidates[0]}.`);
  }
}

function clangHasSanitizers() {
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch;
  // The file's name has the machine in it, or its folder has.
  return [`libclang_rt.asan-${machine}.a`, 'libclang_rt.asan.a'].some((file) => {
    const path = outputOf('clang', [`-print-file-name=${file}`]);
    return path !== undefined && path !== file;
  });
}

// ---- npm -----------------------------------------------------------------------------------------------------------

/** Whether node_modules holds exactly the versions of package-lock.json; packages for other platforms may be absent. */
export function npmPackagesAreCurrent(root = projectRoot) {
  const installedPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? Boolean(optional || devOptional) : found.version === version;
  });
}

function installNpmPackages(root, log) {
  if (npmPackagesAreCurrent(root)) return;
  log('Installing the npm packages of package-lock.json …');
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, remedy: 'Is the npm registry reachable?' });
}

// ---- TensorFlow Lite Micro -----------------------------------------------------------------------------------------

/** Python that can run TensorFlow Lite Micro: its command, or undefined. */
function findPython() {
  const test = 'import sys, venv, ensurepip; print(sys.version_info[1])';
  return ['python3', ...pythonMinors.map((minor) => `python3.${minor}`)]
    .filter((command) => hasCommand(command))
    .find((command) => pythonMinors.includes(Number(outputOf(command, ['-c', test]) ?? 'none')));
}

/** Whether .venv is complete: pip records a package only after all it depends on. */
function tflmIsInstalled(root) {
  const libraries = join(root, '.venv/lib');
  if (!existsSync(join(root, '.venv/bin/python')) || !existsSync(libraries)) return false;
  return readdirSync(libraries).some((python) =>
    existsSync(join(libraries, python, 'site-packages', `tflite_micro-${tflmVersion}.dist-info`, 'RECORD')),
  );
}

function installTflm(root, log) {
  if (tflmIsInstalled(root)) return;
  const python = findPython();
  if (python === undefined) {
    throw new SetUpError(
      `TensorFlow Lite Micro ${tflmVersion} needs Python 3.${Math.min(...pythonMinors)} to 3.${Math.max(...pythonMinors)} with venv. ` +
        'Install one of these versions.',
    );
  }
  log(`Installing TensorFlow Lite Micro ${tflmVersion} into .venv …`);
  const remedy = `Packages exist for Linux on x86-64; is the Python package index reachable?`;
  rmSync(join(root, '.venv'), { recursive: true, force: true });
  run(python, ['-m', 'venv', '.venv'], { cwd: root, remedy });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '--only-binary', ':all:'];
  run('.venv/bin/python', [...pip, `tflite-micro==${tflmVersion}`], { cwd: root, remedy });
  if (!tflmIsInstalled(root))
    throw new SetUpError('The installation into .venv is incomplete; remove .venv and try again.');
}

// ---- other build systems -------------------------------------------------------------------------------------------

/** Whether .venv-hosts is complete: the file is written after everything was installed. */
function hostToolsAreInstalled(root) {
  const record = join(root, '.venv-hosts/installed.txt');
  return existsSync(record) && readFileSync(record, 'utf8') === hostTools.join(' ');
}

function installHostTools(root, log) {
  if (hostToolsAreInstalled(root)) return;
  log(`Installing ${hostTools.join(', ')} into .venv-hosts …`);
  const remedy = 'Is the Python package index reachable?';
  rmSync(join(root, '.venv-hosts'), { recursive: true, force: true });
  run(findPython(), ['-m', 'venv', '.venv-hosts'], { cwd: root, remedy });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet'];
  run('.venv-hosts/bin/python', [...pip, ...hostTools], { cwd: root, remedy });
  writeFileSync(join(root, '.venv-hosts/installed.txt'), hostTools.join(' '));
}

// ---- command line --------------------------------------------------------------------------------------------------

function parseArguments(args) {
  if (args.length === 0) return 'test';
  if (args.length === 2 && args[0] === '--for') return args[1];
  throw new SetUpError('Usage: node scripts/setup.mjs [--for demo|test]');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setUp({ for: parseArguments(process.argv.slice(2)) });
    console.error('Ready.');
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exitCode = 5;
  }
}
