/** The project's Makefile, as its owner uses it. */
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { digits, modelc, temporaryFolder } from '../cli/run.js';

describe('the Makefile', async () => {
  const folder = join(temporaryFolder(), 'digits');
  await modelc(['compile', digits, '--board', 'mps2-an386', '-o', folder]);
  const make = async (...args: string[]) => (await execa('make', ['-j2', ...args], { cwd: folder })).stdout;
  const compilations = (output: string) => output.split('\n').filter((line) => / -c /.test(line)).length;

  it('compiles everything again when flags change, and nothing when they do not', async () => {
    const first = compilations(await make());
    expect(first).toBeGreaterThan(5);
    expect(compilations(await make())).toBe(0);
    expect(compilations(await make('OPTIMIZATION=-Os'))).toBe(first);
    expect(compilations(await make('OPTIMIZATION=-Os'))).toBe(0);
    // the quotes of an attribute go through make and the shell
    const attribute = `EXTRA_CFLAGS=-DDIGITS_WEIGHTS_ATTR='__attribute__((section(".rodata.weights")))'`;
    expect(compilations(await make(attribute))).toBe(first);
    expect(compilations(await make(attribute))).toBe(0);
  });

  it('runs the firmware in the simulator, by the command that the README of the project names', async () => {
    expect(await make('run')).toMatch(
      /qemu-system-arm .*-kernel firmware\.elf .*\ndigits: self-test passed\nticks \d+/,
    );
  });

  it('prints the size', async () => {
    expect(await make('size')).toMatch(/text\s+data\s+bss/);
  });
});
