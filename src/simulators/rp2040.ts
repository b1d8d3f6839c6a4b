/**
 * The RP2040 in this process. rp2040js goes on after an access that would stop the real processor, so the bus here
 * is strict: it ends the run at the first bad address, unaligned access, write to flash or unknown instruction.
 *
 * Simulated time advances by a fixed amount per instruction; the chip's microsecond timer thereby counts instructions.
 */
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RP2040, type Simulator } from 'rp2040js';
import type { Board } from '../targets/board.js';
import { elfSegments } from './elf.js';
import { faultExitCode, type RunOptions, type RunResult, timeoutExitCode } from './run-result.js';
import { createSemihosting, type GuestMemory } from './semihosting.js';

const bootRomEnd = 0x4000;
const flashStart = 0x10000000;
const flashEnd = 0x15000000;
const ramStart = 0x20000000;
const ramEnd = 0x20042000;
const bootLoaderBytes = 256;
const breakpointSemihosting = 0xbeab;
/** Instructions between two looks at the clock: a few milliseconds. */
const sliceInstructions = 100_000;
const maximumConsoleBytes = 16 * 1024 * 1024;

class SimulatedFault extends Error {}

class StrictRp2040 extends RP2040 {
  /** False until the program is loaded; the base class's constructor runs before it exists. */
  strict = false;

  override readUint32(address: number): number {
    if (this.strict) this.check(address >>> 0, 4, false);
    return super.readUint32(address);
  }
  override readUint16(address: number): number {
    if (this.strict) this.check(address >>> 0, 2, false);
    return super.readUint16(address >>> 0);
  }
  override readUint8(address: number): number {
    if (this.strict) this.check(address >>> 0, 1, false);
    return super.readUint8(address >>> 0);
  }
  override writeUint32(address: number, value: number): void {
    if (this.strict) this.check(address >>> 0, 4, true);
    super.writeUint32(address, value);
  }
  override writeUint16(address: number, value: number): void {
    if (this.strict) this.check(address >>> 0, 2, true);
    super.writeUint16(address >>> 0, value);
  }
  override writeUint8(address: number, value: number): void {
    if (this.strict) this.check(address >>> 0, 1, true);
    super.writeUint8(address >>> 0, value);
  }

  private check(address: number, bytes: number, write: boolean): void {
    if ((address & (bytes - 1)) !== 0) throw new SimulatedFault(`unaligned access to 0x${address.toString(16)}`);
    // No boot ROM is loaded, so what points there is a null pointer.
    if (address < bootRomEnd) throw new SimulatedFault(`bad address 0x${address.toString(16)}`);
    if (write && address >= flashStart && address < flashEnd) {
      throw new SimulatedFault(`write to flash at 0x${address.toString(16)}`);
    }
  }
}

/** Runs the ELF file to its exit, its first fault or the timeout. Never throws for what the program does. */
export async function runOnRp2040(board: Board, elfPath: string, options: RunOptions): Promise<RunResult> {
  const chip = new StrictRp2040();
  // What RP2040 creates when it is given no clock; only the interface without tick is in its type.
  const clock = chip.clock as Simulator['clock'];
  const { core } = chip;
  const consoleBytes: number[] = [];
  let messages = '';
  let exitCode: number | undefined;

  chip.logger = {
    debug() {},
    info() {},
    warn: (component, message) => stopAt(component, message),
    error: (component, message) => stopAt(component, message),
  };
  const [serialPort] = chip.uart;
  if (serialPort === undefined) throw new Error('the chip has no UART');
  serialPort.onByte = (byte) => {
    if (consoleBytes.length >= maximumConsoleBytes) throw new SimulatedFault('endless console output');
    consoleBytes.push(byte);
  };
  const memory: GuestMemory = {
    readWord: (address) => chip.readUint32(address),
    read: (address, bytes) => memoryAt(chip, address, bytes).slice(),
    write: (address, bytes) => {
      if (address < ramStart) throw new SimulatedFault(`file contents for address 0x${address.toString(16)}`);
      memoryAt(chip, address, bytes.length).set(bytes);
    },
  };
  const services = createSemihosting(options.cwd, (text) => {
    messages += text;
  });
  chip.onBreak = (number) => {
    // Called for BKPT and UDF alike; the program counter already points behind the instruction.
    if (chip.readUint16(core.PC - 2) !== breakpointSemihosting) {
      throw new SimulatedFault(`undefined instruction or breakpoint ${number}`);
    }
    const [operation = 0, block = 0] = core.registers;
    const outcome = services.call(operation, block, memory);
    if ('exitCode' in outcome) exitCode = outcome.exitCode;
    else core.registers[0] = outcome.result;
  };

  const nanoseconds = board.counter?.nanosecondsPerInstruction ?? 1000;
  const deadline = Date.now() + options.timeoutMs;
  let instructions = 0;
  let lowestStackPointer = 0xffff_ffff;
  let faulted: string | undefined;
  let timedOut = false;

  try {
    load(chip, readFileSync(elfPath));
    start(chip, board);
    chip.strict = true;
    while (exitCode === undefined && !timedOut && !options.signal?.aborted) {
      for (let slice = 0; slice < sliceInstructions && exitCode === undefined; slice++) {
        core.executeInstruction();
        clock.tick(nanoseconds);
        instructions++;
        const sp = core.SP;
        if (sp < lowestStackPointer) lowestStackPointer = sp;
      }
      timedOut = exitCode === undefined && Date.now() >= deadline;
      await nextTurn();
    }
  } catch (error) {
    const overflow = core.SP < ramStart ? ' stack-overflow' : '';
    const registers = `pc=${hexadecimal(core.PC)} lr=${hexadecimal(core.LR)} sp=${hexadecimal(core.SP)}`;
    faulted = `FAULT${overflow} ${registers}: ${(error as Error).message}`;
  } finally {
    services.close();
  }
  options.signal?.throwIfAborted();

  return {
    exitCode: timedOut ? timeoutExitCode : (exitCode ?? faultExitCode),
    stdout: new TextDecoder().decode(Uint8Array.from(consoleBytes)),
    stderr: messages,
    timedOut,
    ...(faulted === undefined ? {} : { faulted }),
    statistics: { instructions, cycles: core.cycles, lowestStackPointer },
  };
}

/**
 * Does what the boot ROM does: runs the second-stage boot loader, the first 256 bytes of flash, in RAM if its checksum
 * is right. A program without one starts at its vector table.
 */
function start(chip: RP2040, board: Board): void {
  const { core } = chip;
  const loader = chip.flash.slice(0, bootLoaderBytes);
  const checked = loader.subarray(0, -4);
  const checksum = new DataView(loader.buffer).getUint32(checked.length, true);
  if (bootLoaderChecksum(checked) === checksum) {
    core.reset();
    chip.sram.set(loader, ramEnd - bootLoaderBytes - ramStart);
    core.SP = ramEnd;
    core.PC = ramEnd - bootLoaderBytes;
  } else {
    core.VTOR = board.memory.find((region) => region.name === 'flash')?.origin ?? flashStart;
    core.reset();
  }
}

/** CRC-32 with the most significant bit first and no final inversion (RP2040 datasheet, 2.8.1.3.1). */
function bootLoaderChecksum(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => {
    let value = crc ^ (byte << 24);
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c1_1db7 : 0);
    return value >>> 0;
  }, 0xffff_ffff);
}

function stopAt(component: string, message: string): never {
  throw new SimulatedFault(`${component}: ${message}`);
}

function hexadecimal(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

function load(chip: RP2040, file: Uint8Array): void {
  for (const { physicalAddress, bytes } of elfSegments(file)) {
    memoryAt(chip, physicalAddress, bytes.length).set(bytes);
  }
}

/** The bytes of flash or RAM at an address, shared with the chip. */
function memoryAt(chip: RP2040, address: number, bytes: number): Uint8Array {
  if (address >= ramStart && address + bytes <= ramEnd) {
    return chip.sram.subarray(address - ramStart, address - ramStart + bytes);
  }
  if (address >= flashStart && address + bytes <= flashStart + chip.flash.length) {
    return chip.flash.subarray(address - flashStart, address - flashStart + bytes);
  }
  throw new SimulatedFault(`${bytes} bytes at ${hexadecimal(address)} are neither in flash nor in RAM`);
}
