import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { digits, temporaryFolder } from './run.js';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

describe('the process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('stops what it started and cleans up after %s', async (signal) => {
    const folder = temporaryFolder();
    const child = execa('node', ['--import', 'tsx', main, 'verify', digits, '--board', 'host:gcc', '--json'], {
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
    const shell = `node --import tsx ${main} boards --json | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await execa('bash', ['-c', shell]);
    expect([stdout, stderr]).toEqual(['0', '']);
  });
});
