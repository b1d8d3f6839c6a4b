import { readdirSync } from 'node:fs';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { buildCommand } from '../support/built-command.js';
import { digits, temporaryFolder } from './run.js';

const { path: main } = await buildCommand();

describe('the process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('stops what it started and cleans up after %s', async (signal) => {
    const folder = temporaryFolder();
    const child = execa(main, ['verify', digits, '--board', 'host:gcc', '--json'], {
      env: { TMPDIR: folder },
      reject: false,
    });
    child.stderr.on('data', (text: Buffer) => {
      if (String(text).includes('build')) setTimeout(() => child.kill(signal), 200);
    });
    const result = await child;
    expect(result.exitCode).toBe(130);
    expect(JSON.parse(result.stdout)).toMatchObject({ exit_code: 130, problems: [{ code: 'internal/interrupted' }] });
    expect(readdirSync(folder).filter((name) => name.startsWith('modelc-'))).toEqual([]);
  });

  it('does not mind a reader that goes early', async () => {
    const shell = `${main} boards --json | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await execa('bash', ['-c', shell]);
    expect([stdout, stderr]).toEqual(['0', '']);
  });
});
