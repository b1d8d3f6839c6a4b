import { describe, expect, it } from 'vitest';
import { crashReason } from '../../src/simulators/processes.js';

describe('crashReason', () => {
  const dump = `R00=00000000 R01=00000000 R02=00000000 R03=00000000
R12=00000000 R13=20000fe0 R14=fffffff9 R15=00000000
XPSR=40000003 -Z-- A handler
s00=00000000 s01=00000000 d00=0000000000000000
FPSCR: 00000000
`;

  it.each([
    [`qemu: fatal: Lockup: can't escalate 3 to HardFault (current priority -1)\n\n${dump}`, /^qemu: fatal: Lockup/],
    [`warning: something\nqemu-system-arm: fatal: no memory\n${dump}`, /^qemu-system-arm: fatal: no memory$/],
    ['hello\nAborted by hand\n', /^Aborted by hand$/],
    ['one\ntwo\n', /^two$/],
    ['', /^$/],
  ])('of %j is its reason, not the registers', (messages, reason) => {
    expect(crashReason(messages)).toMatch(reason);
  });
});
