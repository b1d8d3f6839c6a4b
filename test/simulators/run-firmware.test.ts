import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ModelcError } from '../../src/errors.js';
import { qemuArguments } from '../../src/simulators/processes.js';
import { runFirmware } from '../../src/simulators/run-firmware.js';
import { faultLine, type RunResult, requireCompletion } from '../../src/simulators/run-result.js';
import { inspectTools } from '../../src/simulators/toolchain.js';
import { type Board, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';

const boards = loadBoards();
const { board: mps2 } = selectBoard(boards, 'mps2-an386');
const options = { cwd: tmpdir(), timeoutMs: 2000, countInstructions: false };

describe('QEMU', () => {
  it('is started without a window, with files and the console, and counts on request', () => {
    if (mps2.simulator.kind !== 'qemu') throw new Error('not a QEMU board');
    const plain = qemuArguments(mps2, mps2.simulator, 'a.elf', false).join(' ');
    expect(plain).toMatch(/^-M mps2-an386 -display none -monitor none -serial stdio -semihosting-config /);
    expect(plain).not.toContain('icount');
    expect(qemuArguments(mps2, mps2.simulator, 'a.elf', true).join(' ')).toContain('-icount shift=7,sleep=off');
  });
});

describe('running', () => {
  it('names the package of a missing simulator', async () => {
    const simulator = { kind: 'qemu', command: 'qemu-system-none', machine: 'x', arguments: [] } as const;
    const unknown: Board = { ...mps2, simulator };
    const error = await runFirmware(unknown, process.execPath, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelcError);
    expect((error as ModelcError).exitCode).toBe(6);
    expect((error as ModelcError).message).toMatch(
      /device\/simulator-missing: qemu-system-none is not installed.*PATH/,
    );
  });

  it('refuses a program that is not there', async () => {
    await expect(runFirmware(mps2, '/no/such.elf', options)).rejects.toThrow(/usage\/file: \/no\/such.elf/);
  });
});

describe('a result', () => {
  const good: RunResult = { exitCode: 3, stdout: '', stderr: '', timedOut: false };
  const exitCodeOf = (result: RunResult) => {
    try {
      requireCompletion(mps2, options, result);
      return 0;
    } catch (error) {
      return (error as ModelcError).exitCode;
    }
  };

  it('is complete when the program ended by itself', () => expect(exitCodeOf(good)).toBe(0));
  it('is an error after a timeout', () => expect(exitCodeOf({ ...good, timedOut: true })).toBe(7));
  it('is an error after a fault', () => expect(exitCodeOf({ ...good, faulted: 'FAULT pc=0' })).toBe(6));

  it('has a fault line only if the exit status says so', () => {
    const console = 'some text\nFAULT exception=0x3\r\n';
    expect(faultLine(99, console)).toBe('FAULT exception=0x3');
    expect(faultLine(0, console)).toBeUndefined();
    expect(faultLine(99, 'no DEFAULT here')).toBeUndefined();
  });
});

describe('the list of tools', () => {
  it('has a package and a purpose for everything the boards need', async () => {
    const tools = await inspectTools(boards);
    for (const tool of tools) {
      expect(tool.aptPackages, tool.name).not.toEqual([]);
      expect(tool.purpose, tool.name).not.toBe('');
    }
    const compiler = tools.find((tool) => tool.name === 'arm-none-eabi-gcc');
    expect(compiler?.neededBy).toContain('microbit');
    expect(compiler?.neededBy).not.toContain('host');
  });

  it('says when a tool is missing', async () => {
    const [toolchain] = mps2.toolchains;
    if (toolchain === undefined) throw new Error('no toolchain');
    const exotic: Board = { ...mps2, toolchains: [{ ...toolchain, compiler: 'no-such-cc' }] };
    const missing = (await inspectTools([exotic])).find((tool) => tool.name === 'no-such-cc');
    expect(missing).toMatchObject({ neededBy: ['mps2-an386'], aptPackages: [] });
    expect(missing).not.toHaveProperty('version');
  });
});
