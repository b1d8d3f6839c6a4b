/**
 * Models on the host as products are built: every source compiled by itself, optimised, without sanitizers, and with
 * link-time optimisation. Sanitizers keep compilers from what they conclude of declarations, such as alignment.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { compileModel } from '../../src/compiler.js';
import { selectBoard } from '../../src/targets/board.js';
import { warningFlags } from '../../src/targets/build-command.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase } from '../operators/support/operator-case.js';
import { digits } from '../support/digits.js';
import { nameModel } from './many-models.js';

const seed = Number(process.env.MODELC_SEED ?? Date.now() % 2 ** 32) >>> 0;
console.log(`optimised kernels against golden vectors: MODELC_SEED=${seed}`);

const selection = selectBoard(loadBoards(), 'host');
const files = await loadCases();

const models = [
  { name: 'digits', compiled: compileModel(digits.bytes) },
  ...files.map(({ file, cases }) => nameModel(file.replaceAll('-', '_'), makeCase(cases, seed, 0))),
];
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'modelc-optimized-'));
  for (const { name, compiled } of models) {
    const project = generateProject(compiled, loadAssets(), { name, ...selection });
    for (const { path, text } of project.files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      if (path.startsWith('model/')) writeFileSync(join(directory, path), text);
    }
  }
  writeFileSync(join(directory, 'main.c'), driver(models.map(({ name }) => name)));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the self-test of each model and prints the names of those that fail. */
function driver(names: readonly string[]): string {
  const call = (name: string) => {
    const prefix = name.toUpperCase();
    return `    {
        static uint8_t arena[${prefix}_ARENA_SIZE + 1u] ${prefix}_ALIGNED(${prefix}_ARENA_ALIGN);
        ${name}_ctx ctx;
        if (${name}_init(&ctx, arena, sizeof arena) != ${prefix}_OK || ${name}_self_test(&ctx) != ${prefix}_OK) {
            puts("${name}");
        }
    }`;
  };
  return `#include <stdio.h>
${names.map((name) => `#include "${name}.h"`).join('\n')}

int main(void)
{
${names.map(call).join('\n')}
    return 0;
}
`;
}

const sources = models.flatMap(({ name }) => [`${name}.c`, `${name}-data.c`, `${name}-selftest.c`]);

describe.each(['gcc', 'clang'])('%s', (compiler) => {
  it.each([
    ['optimised', ['-O3']],
    ['with link-time optimisation', ['-O2', '-flto']],
  ])('computes the golden vectors %s', (_, flags) => {
    const program = join(directory, `${compiler}${flags.join('')}`);
    const options = { cwd: join(directory, 'model'), encoding: 'utf8' } as const;
    const includes = ['-I.', '-o', program];
    execFileSync(compiler, [...flags, ...warningFlags, '-Werror', ...includes, '../main.c', ...sources], options);
    expect(execFileSync(program, options)).toBe('');
  });
});
