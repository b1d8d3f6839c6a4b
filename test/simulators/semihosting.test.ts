import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSemihosting, type GuestMemory } from '../../src/simulators/semihosting.js';

const block = 0;
const text = 100;
const data = 200;
let folder: string;
let ram: Uint8Array;
let memory: GuestMemory;
let written: string;
let services: ReturnType<typeof createSemihosting>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelc-semihosting-'));
  mkdirSync(join(folder, 'inside'));
  ram = new Uint8Array(1024);
  memory = {
    readWord: (address) => new DataView(ram.buffer).getUint32(address, true),
    read: (address, bytes) => ram.slice(address, address + bytes),
    write: (address, bytes) => ram.set(bytes, address),
  };
  written = '';
  services = createSemihosting(join(folder, 'inside'), (more) => {
    written += more;
  });
});
afterEach(() => {
  services.close();
  rmSync(folder, { recursive: true });
});

function call(operation: number, ...words: number[]): number {
  words.forEach((word, index) => {
    new DataView(ram.buffer).setUint32(block + 4 * index, word, true);
  });
  const outcome = services.call(operation, block, memory);
  if (!('result' in outcome)) throw new Error('the program ended');
  return outcome.result;
}

function open(path: string, mode: number): number {
  ram.set(new TextEncoder().encode(`${path}\0`), text);
  return call(0x01, text, mode, path.length);
}

describe('semihosting', () => {
  it('writes a file in pieces', () => {
    const handle = open('out.bin', 5);
    ram.set([1, 2, 3, 4], data);
    expect(call(0x05, handle, data, 4)).toBe(0);
    expect(call(0x05, handle, data + 2, 2)).toBe(0);
    expect(call(0x02, handle)).toBe(0);
    expect([...readFileSync(join(folder, 'inside/out.bin'))]).toEqual([1, 2, 3, 4, 3, 4]);
    expect(call(0x05, handle, data, 4), 'bytes not written to a closed file').toBe(4);
  });

  it('reads, seeks and tells the length', () => {
    writeFileSync(join(folder, 'inside/in.bin'), Uint8Array.from([10, 20, 30]));
    const handle = open('in.bin', 1);
    expect(call(0x0c, handle)).toBe(3);
    expect(call(0x06, handle, data, 2)).toBe(0);
    expect(call(0x06, handle, data + 2, 5), 'bytes missing at the end').toBe(4);
    expect([...ram.subarray(data, data + 3)]).toEqual([10, 20, 30]);
    expect(call(0x0a, handle, 1)).toBe(0);
    call(0x06, handle, data, 1);
    expect(ram[data]).toBe(20);
  });

  it('does not allocate what a program asks for beyond the end of a file', () => {
    writeFileSync(join(folder, 'inside/in.bin'), Uint8Array.from([10]));
    expect(call(0x06, open('in.bin', 1), data, 0xffff_ffff)).toBe(0xffff_fffe);
  });

  it('opens nothing outside its folder', () => {
    writeFileSync(join(folder, 'secret'), 'x');
    for (const path of ['../secret', join(folder, 'secret'), '', '.', 'missing']) expect(open(path, 1)).toBe(-1);
    expect(open('../new', 5)).toBe(-1);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it('ends the program with its status', () => {
    new DataView(ram.buffer).setUint32(0, 0x20026, true);
    new DataView(ram.buffer).setUint32(4, 42, true);
    expect(services.call(0x20, block, memory)).toEqual({ exitCode: 42 });
    expect(services.call(0x18, 0x20026, memory)).toEqual({ exitCode: 0 });
    expect(services.call(0x18, 0x20024, memory)).toEqual({ exitCode: 1 });
  });

  it('passes text on', () => {
    ram.set(new TextEncoder().encode('warning\0'), text);
    services.call(0x04, text, memory);
    expect(written).toBe('warning');
  });

  it('refuses an operation it does not serve', () => {
    expect(() => services.call(0x12, 0, memory)).toThrow('operation 0x12 is not served');
  });
});
