import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/report/compile.js';
import { failureSchema } from '../../src/report/json.js';
import { digits, jsonOf, modelc, supportedGraph, temporaryFolder, unsupportedGraph, writeModelFile } from './run.js';

const folder = temporaryFolder();

describe('compile', () => {
  it('writes the project and says what is in it', async () => {
    const directory = join(folder, 'digits');
    const result = await modelc(['compile', digits, '--board', 'mps2-an386', '-o', directory, '--json']);
    const report = jsonOf(result, compileSchema);
    expect(report).toMatchObject({
      exit_code: 0,
      board: 'mps2-an386',
      toolchain: 'gcc',
      directory,
      model: { name: 'digits' },
      arena_bytes: 1344,
    });
    expect(report.files).toContain('model/digits.c');
    for (const file of report.files) expect(existsSync(join(directory, file)), file).toBe(true);
    expect(readFileSync(join(directory, 'model/digits.h'), 'utf8')).toContain('DIGITS_ARENA_SIZE 1344u');
  });

  it('tells people the next command', async () => {
    const directory = join(folder, 'named');
    const result = await modelc(['compile', digits, '-b', 'host:clang', '-o', directory, '--name', 'ocr']);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('ocr for host, clang');
    expect(result.stdout).toContain(`make -C ${directory}`);
    expect(readFileSync(join(directory, 'Makefile'), 'utf8')).toContain('CC := clang');
  });

  it('replaces its own project, and refuses to overwrite anything else', async () => {
    const directory = join(folder, 'again');
    const compile = () => modelc(['compile', digits, '-b', 'rp2040', '-o', directory, '--json']);
    expect((await compile()).exitCode).toBe(0);
    expect((await compile()).exitCode).toBe(0);

    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'Makefile'), 'all:\n');
    const refused = await modelc(['compile', digits, '-b', 'rp2040', '-o', foreign, '--json']);
    expect(jsonOf(refused, failureSchema).problems[0]).toMatchObject({ code: 'usage/file' });
    expect(refused.exitCode).toBe(2);
    expect(readdirSync(foreign)).toEqual(['Makefile']);
  });

  it('writes nothing when the model is unsupported, too large or badly named', async () => {
    const directory = join(folder, 'nothing');
    const unsupported = writeModelFile(join(folder, 'unsupported.tflite'), unsupportedGraph());
    const large = writeModelFile(join(folder, 'large.tflite'), supportedGraph(20_000));
    const codes = await Promise.all([
      modelc(['compile', unsupported, '-b', 'host', '-o', directory]),
      modelc(['compile', large, '-b', 'microbit', '-o', directory]),
      modelc(['compile', digits, '-b', 'host', '-o', directory, '--name', 'Not C']),
    ]);
    expect(codes.map(({ exitCode }) => exitCode)).toEqual([3, 4, 2]);
    expect(existsSync(directory)).toBe(false);
  });
});

describe('plans', () => {
  const arenaOf = async (...options: string[]) => {
    const run = await modelc(['check', digits, '--json', ...options]);
    return (JSON.parse(run.stdout) as { memory: { arena_bytes: number } | null }).memory?.arena_bytes ?? 0;
  };

  it('take less memory the less speed counts', async () => {
    const [speed, balanced, ram] = [
      await arenaOf('--optimize', 'speed'),
      await arenaOf(),
      await arenaOf('--optimize', 'ram'),
    ] as const;
    expect(speed).toBeGreaterThan(balanced);
    expect(balanced).toBeGreaterThan(ram);
    expect(await arenaOf('--optimize', 'balanced')).toBe(balanced);
    expect(await arenaOf('--max-ram', '1M')).toBe(speed);
    expect(await arenaOf('--max-ram', String(balanced))).toBeLessThanOrEqual(balanced);
  });

  it('that cannot be small enough say what is missing, and nothing is written', async () => {
    const directory = join(folder, 'too-small');
    const run = await modelc(['compile', digits, '-b', 'host', '-o', directory, '--max-ram', '100']);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toMatch(
      /fit\/ram[\s\S]*The smallest plan found needs an arena of \d+ bytes, \d+ more than the 100/,
    );
    expect(existsSync(directory)).toBe(false);
  });
});
