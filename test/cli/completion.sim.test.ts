/** The completion scripts in the shells themselves, as far as they are installed; bash always is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { modelc, temporaryFolder } from './run.js';

const folder = temporaryFolder();

async function completions(...words: string[]): Promise<string[]> {
  const script = join(folder, 'completion.bash');
  writeFileSync(script, (await modelc(['completion', 'bash'])).stdout);
  const list = words.map((word) => `"${word}"`).join(' ');
  const program = `source ${script}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _modelc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return (await execa('bash', ['-c', program])).stdout.split('\n');
}

describe('completion', () => {
  it('knows commands, options and boards in bash', async () => {
    expect(await completions('modelc', 'ev')).toEqual(['evaluate']);
    expect(await completions('modelc', 'verify', '--ra')).toEqual(['--random']);
    expect(await completions('modelc', 'build', '--board', 'mps2-an5')).toEqual(['mps2-an500', 'mps2-an505']);
    expect(await completions('modelc', 'run', '--on', 'inter')).toEqual(['interpreter']);
  });

  it('names every command and option for fish, and refuses other shells', async () => {
    const { stdout } = await modelc(['completion', 'fish']);
    expect(stdout).toMatch(/-a evaluate -d/);
    expect(stdout).toMatch(/from verify' -l random -s r -r -d/);
    const refused = await modelc(['completion', 'tcsh']);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('no completion for "tcsh"')]);
  });
});

describe('help', () => {
  it.each(['check', 'compile', 'build', 'run', 'evaluate', 'verify', 'boards', 'doctor', 'completion'])(
    'of %s ends with two examples',
    async (command) => {
      const { stdout } = await modelc([command, '--help']);
      expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
        'Examples:',
        expect.stringContaining(`$ modelc ${command}`),
        expect.stringContaining(`$ modelc ${command}`),
      ]);
    },
  );
});
