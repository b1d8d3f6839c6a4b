import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { ticksToInstructions } from '../../src/simulators/instruction-count.js';
import { qemuArguments } from '../../src/simulators/processes.js';
import { requireCompletion } from '../../src/simulators/run-result.js';
import { buildProgram, runProgram, selections } from './board-program.js';

/** Buffer of the round trip: all 64 KB where RAM has room for it. */
const fileBytes = 65536;

function words(path: string): number[] {
  const bytes = readFileSync(path);
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(4 * index));
}

describe.concurrent.each(selections)('%s', (_name, selection) => {
  const { board, toolchain } = selection;
  const isHost = board.simulator.kind === 'native';
  /** Registers nothing for the host, which has no counter and no cross compiler to look at. */
  const onlyOnTargets: (name: string, test: () => Promise<void>) => void = isHost ? () => {} : it;

  it('starts with its data in place, prints and returns its exit status', async () => {
    const result = await runProgram(selection, await buildProgram(selection, 'hello.c'));
    expect(result).toMatchObject({ exitCode: 7, stdout: 'hello from the board\n', stderr: '', timedOut: false });
    expect(result.faulted).toBeUndefined();
  });

  it('reads and writes files byte for byte', async () => {
    const ram = board.memory.find((region) => region.name === 'ram');
    const bufferBytes = ram !== undefined && ram.bytes < 2 * fileBytes ? (ram.bytes < 16384 ? 4096 : 8192) : fileBytes;
    const flags = [`-DBUFFER_BYTES=${bufferBytes}`, `-DREPEATS=${fileBytes / bufferBytes}u`];
    const program = await buildProgram(selection, 'round-trip.c', flags);
    const input = Uint8Array.from({ length: bufferBytes }, (_, index) => (index * 167 + (index >> 8)) & 0xff);
    writeFileSync(join(program.folder, 'input.bin'), input);
    const result = await runProgram(selection, program);
    expect(result).toMatchObject({ exitCode: 0, stdout: '' });
    const output = readFileSync(join(program.folder, 'output.bin'));
    expect(output.length).toBe(fileBytes);
    for (let start = 0; start < fileBytes; start += bufferBytes) {
      expect(output.subarray(start, start + bufferBytes).equals(input), `from byte ${start}`).toBe(true);
    }
  });

  it('copies, moves, sets and compares memory at every alignment', async () => {
    const program = await buildProgram(selection, 'copies.c');
    expect(await runProgram(selection, program)).toMatchObject({ exitCode: 0, stdout: '' });
  });

  onlyOnTargets('turns memcpy of an aligned word into plain instructions', async () => {
    const program = await buildProgram(selection, 'copies.c');
    const objdump = `${toolchain.binutilsPrefix}objdump`;
    const { stdout } = await execa(objdump, ['-d', '--disassemble=load_word', program.elf]);
    expect(stdout).toContain('<load_word>:');
    expect(stdout).not.toContain('memcpy');
  });

  it('measures the stack of a recursion exactly', async () => {
    const program = await buildProgram(selection, 'stack.c', isHost ? [] : ['-fstack-usage']);
    const result = await runProgram(selection, program);
    expect(result).toMatchObject({ exitCode: 0 });
    const used = words(join(program.folder, 'stack.bin'));
    if (isHost) {
      expect(used).toEqual([0, 0, 0]);
      return;
    }
    const usage = readdirSync(program.folder).find((name) => name.endsWith('stack.su')) as string;
    const frame = Number(/recurse\t(\d+)\t/.exec(readFileSync(join(program.folder, usage), 'utf8'))?.[1]);
    expect(frame).toBeGreaterThan(32);
    expect(used).toEqual([frame, 11 * frame, 21 * frame]);
  });

  (board.counter === undefined ? () => {} : onlyOnTargets)(
    'counts instructions exactly, whatever the length of the run',
    async () => {
      const turns = [1, 2, 3, 4, 5, 10, 100, 1000, 4321, 100_000, 3_000_000];
      const program = await buildProgram(selection, 'count.c');
      const result = await runProgram(selection, program, { countInstructions: true });
      expect(result).toMatchObject({ exitCode: 0 });
      const counts = words(join(program.folder, 'ticks.bin')).map(
        (ticks) => ticksToInstructions(board, ticks) as number,
      );
      const overhead = (counts[0] as number) - 2;
      expect(overhead).toBeGreaterThan(0);
      expect(overhead).toBeLessThan(20);
      expect(counts.map((count) => count - overhead)).toEqual([...turns, ...turns].map((n) => 2 * n));
    },
  );

  it('reports a load from a bad address and does not go on', async () => {
    const program = await buildProgram(selection, 'bad-address.c', [`-DBAD_ADDRESS=${isHost ? '16u' : '0xE8000000u'}`]);
    const result = await runProgram(selection, program);
    expect(result).toMatchObject({ exitCode: 99, timedOut: false });
    expect(result.stdout).toMatch(/^before the fault\n/);
    expect(result.faulted).toMatch(isHost ? /AddressSanitizer: SEGV|runtime error/ : /^FAULT .*pc=0x[0-9a-f]{8}/);
    const options = { cwd: program.folder, timeoutMs: 1000, countInstructions: false };
    expect(() => requireCompletion(board, options, result)).toThrow(result.faulted);
  });

  onlyOnTargets('goes on without a debugger: semihosting calls fail instead of the program', async () => {
    const { simulator } = board;
    if (simulator.kind !== 'qemu') return;
    const program = await buildProgram(selection, 'no-debugger.c');
    const args = qemuArguments(board, simulator, program.elf, false).filter(
      (argument) => !/semihosting|native/.test(argument),
    );
    const running = execa(simulator.command, args, { cwd: program.folder, stdin: 'ignore', reject: false });
    let said = '';
    running.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('done')) running.kill('SIGKILL');
    });
    setTimeout(() => running.kill('SIGKILL'), 20_000).unref();
    await running;
    expect(said).toBe('no file\ndone\n');
  });

  it('stops at a stack overflow', async () => {
    const program = await buildProgram(selection, 'stack-overflow.c');
    const result = await runProgram(selection, program);
    expect(result).toMatchObject({ exitCode: 99, timedOut: false });
    expect(result.faulted).toMatch(/stack-overflow/);
  });

  it('is stopped when it does not end in time', async () => {
    const program = await buildProgram(selection, 'endless.c');
    const started = Date.now();
    const result = await runProgram(selection, program, { timeoutMs: 700 });
    expect(Date.now() - started).toBeLessThan(5000);
    expect(result).toMatchObject({ exitCode: 124, stdout: 'started\n', timedOut: true });
    const options = { cwd: program.folder, timeoutMs: 700, countInstructions: false };
    expect(() => requireCompletion(board, options, result)).toThrow(ModelcError);
    expect(await processesWith(program.elf)).toEqual([]);
  });
});

describe.each(selections.filter(([, { board }]) => /^cortex-m0/.test(board.cpu)))('%s', (_name, selection) => {
  it('faults at an unaligned load, as the processor does', async () => {
    const result = await runProgram(selection, await buildProgram(selection, 'unaligned.c'));
    expect(result).toMatchObject({ exitCode: 99 });
    expect(result.faulted).toMatch(/^FAULT /);
  });
});

describe.each(selections.filter(([, { board }]) => board.simulator.kind === 'native'))('%s', (_name, selection) => {
  it('stops at undefined behaviour', async () => {
    const result = await runProgram(selection, await buildProgram(selection, 'undefined.c'));
    expect(result).toMatchObject({ exitCode: 99 });
    expect(result.faulted).toMatch(/undefined\.c:7:\d+: runtime error: signed integer overflow/);
  });
});

/** Command lines of running processes that mention the text. */
async function processesWith(text: string): Promise<string[]> {
  const own = String(process.pid);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== own)
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(text));
}
