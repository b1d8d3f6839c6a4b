/*
 * Second-stage boot loader of the RP2040. The boot ROM copies these 256 bytes to RAM, checks their checksum and runs them.
 * They set the flash interface up for the plain read command (03h) that every flash chip knows, and start the program at
 * its vector table, which follows them. As machine code, so that the checksum in the last word is right whatever the
 * assembler.
 */
#include <stdint.h>

__attribute__((section(".boot"), used)) static const uint32_t boot_loader[64] = {
    0x20004B0Au, /* ldr r3, =0x18000000 (flash interface); movs r0, #0 */
    0x20046098u, /* str r0, [r3, #8] (SSIENR: off); movs r0, #4 */
    0x48096158u, /* str r0, [r3, #0x14] (BAUDR: a quarter of the system clock); ldr r0, =0x001F0300 */
    0x48096018u, /* str r0, [r3] (CTRLR0: 32 bits, one line, read after command); ldr r0, =0x03000218 */
    0x60084909u, /* ldr r1, =0x180000F4; str r0, [r1] (SPI_CTRLR0: command 03h, 24 address bits) */
    0x60582000u, /* movs r0, #0; str r0, [r3, #4] (CTRLR1: one word at a time) */
    0x60982001u, /* movs r0, #1; str r0, [r3, #8] (SSIENR: on) */
    0x49084807u, /* ldr r0, =0x10000100 (vector table); ldr r1, =0xE000ED08 */
    0xC8066008u, /* str r0, [r1] (VTOR); ldmia r0!, {r1, r2} */
    0x8808F381u, /* msr msp, r1 */
    0x46C04710u, /* bx r2; nop */
    0x18000000u, 0x001F0300u, 0x03000218u, 0x180000F4u, 0x10000100u, 0xE000ED08u,
    [63] = 0xE2E686F5u,
};
