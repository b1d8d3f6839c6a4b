import { describe, expect, it } from 'vitest';
import { doctorReport, doctorSchema, doctorText } from '../../src/report/doctor.js';
import { createStyle } from '../../src/report/terminal.js';
import type { ToolStatus } from '../../src/simulators/toolchain.js';

const tool = (name: string, changes: Partial<ToolStatus> = {}): ToolStatus => ({
  name,
  purpose: 'does things',
  neededBy: ['rp2040'],
  aptPackages: [`${name}-package`],
  ...changes,
});
const found = { version: '1.2.3' };
const report = (...tools: ToolStatus[]) => doctorSchema.parse(doctorReport(tools));

describe('doctor', () => {
  it('is content when nothing is missing', () => {
    const healthy = report(tool('gcc', found));
    expect(healthy).toMatchObject({ exit_code: 0, problems: [] });
    expect(doctorText(createStyle(false), healthy)).toContain('Everything is there.');
  });

  it('fails with 5 for a compiler, 6 for a simulator', () => {
    expect(report(tool('gcc')).exit_code).toBe(5);
    expect(report(tool('qemu-system-arm')).exit_code).toBe(6);
    expect(report(tool('qemu-system-arm'), tool('make')).exit_code).toBe(5);
  });

  it('names package and boards', () => {
    const ill = report(tool('gcc'), tool('make', found));
    expect(ill.problems).toMatchObject([
      { code: 'build/toolchain-missing', remedy: 'sudo apt-get install gcc-package' },
    ]);
    expect(ill.problems[0]?.message).toContain('rp2040');
    expect(doctorText(createStyle(false), ill)).toMatch(/gcc +missing[\s\S]*apt-get install gcc-package/);
  });

  it('does not fail for what no board needs', () => {
    const ill = report(tool('cmake', { neededBy: [] }));
    expect(ill.exit_code).toBe(0);
    expect(doctorText(createStyle(false), ill)).toContain('Missing, but optional: cmake');
  });
});
