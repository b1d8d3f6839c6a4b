/** The package as users install it: packed, installed elsewhere, used from outside the checkout. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const model = join(root, 'examples/digits/digits.tflite');

describe('the packed package', () => {
  let folder: string;
  const modelc = (...args: string[]) =>
    execa(join(folder, 'node_modules/.bin/modelc'), args, { cwd: folder, reject: false, stdin: 'ignore' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'modelc-pack-'));
    await execa('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
    const archive = readdirSync(folder).find((file) => file.endsWith('.tgz')) as string;
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
    await execa('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', `./${archive}`], { cwd: folder });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has what it needs at run time and nothing of the development', () => {
    const installed = join(folder, 'node_modules/modelc');
    const files = readdirSync(installed, { recursive: true }).map(String);
    for (const needed of ['dist/cli/main.js', 'runtime-c/modelc_base.h', 'templates/model.c.hbs', 'LICENSE']) {
      expect(files).toContain(needed);
    }
    expect(files.filter((file) => /(^|\/)(test|node_modules|__pycache__|\.venv)\//.test(file))).toEqual([]);
  });

  it('checks a model', async () => {
    const result = await modelc('check', model, '--json');
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout)).toHaveProperty('schema_version');
  });

  it('compiles a project that builds with make and proves itself', async () => {
    const project = join(folder, 'digits');
    const compiled = await modelc('compile', model, '--board', 'mps2-an386', '-o', project);
    expect(compiled.exitCode, compiled.stderr).toBe(0);
    expect(existsSync(join(project, 'model/digits.h'))).toBe(true);
    expect(readFileSync(join(project, 'model/digits.c'), 'utf8')).not.toContain(root);
    const verified = await modelc('verify', model, '--board', 'mps2-an386', '--json');
    expect(verified.exitCode, verified.stderr).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ equal: true, board: 'mps2-an386' });
  });

  it('offers its functions to programs', async () => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { compileModel, interpret } from 'modelc';
      const { graph, layers } = compileModel(readFileSync(${JSON.stringify(model)}));
      const { outputs } = interpret(graph, layers, [new Uint8Array(64)]);
      console.log(outputs[0].length);`;
    const result = await execa(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
    expect(result.stdout).toBe('10');
  });
});
