/*
 * RISC-V, 32 bit, machine mode: reset, trap report, stack guard, semihosting trap.
 *
 * The stack lies at the bottom of RAM; a locked PMP entry forbids the megabyte below it.
 */
#include "board.h"
#include "platform.h"

#define GUARD_BYTES 0x100000u
#define PMP_LOCKED_NAPOT_NO_ACCESS 0x98u

void platform_reset(void);
void platform_trap(void);
void platform_reset_c(void);
void platform_fault(uint32_t sp, uint32_t ra);

__attribute__((naked, section(".text.reset"), used)) void platform_reset(void) {
    __asm volatile(
        ".option push\n"
        ".option norelax\n"
        "la gp, platform_global_pointer\n"
        ".option pop\n"
        "la sp, platform_stack_top\n"
        "la t0, platform_trap\n"
        "csrw mtvec, t0\n"
        "tail platform_reset_c\n");
}

__attribute__((used)) void platform_reset_c(void) {
    const uint32_t guard = (uint32_t)(uintptr_t)platform_stack_limit - GUARD_BYTES;
    const uint32_t napot = (guard >> 2) | ((GUARD_BYTES >> 3) - 1u);
    __asm volatile("csrw pmpaddr0, %0" : : "r"(napot));
    __asm volatile("csrw pmpcfg0, %0" : : "r"(PMP_LOCKED_NAPOT_NO_ACCESS));
    platform_start();
}

/* The three instructions are the semihosting signature: uncompressed, and within one page. */
int32_t platform_semihosting(uint32_t operation, void *argument) {
    register uint32_t a0 __asm("a0") = operation;
    register void *a1 __asm("a1") = argument;
    __asm volatile(
        ".option push\n"
        ".option norvc\n"
        ".balign 16\n"
        "slli x0, x0, 0x1f\n"
        "ebreak\n"
        "srai x0, x0, 7\n"
        ".option pop\n"
        : "+r"(a0)
        : "r"(a1)
        : "memory");
    return (int32_t)a0;
}

/*
 * Without a debugger the semihosting breakpoint traps (cause 3). The call then fails instead of the program: it goes on
 * behind the breakpoint with the result -1. For anything else nothing on the interrupted stack is needed, so the report
 * always starts on an empty one.
 */
__attribute__((naked, aligned(4), used)) void platform_trap(void) {
    __asm volatile(
        "csrw mscratch, t0\n"
        "csrr t0, mcause\n"
        "addi t0, t0, -3\n"
        "bnez t0, 1f\n"
        "csrr t0, mepc\n"
        "addi t0, t0, 4\n"
        "csrw mepc, t0\n"
        "csrr t0, mscratch\n"
        "li a0, -1\n"
        "mret\n"
        "1:\n"
        "mv a0, sp\n"
        "mv a1, ra\n"
        "la sp, platform_stack_top\n"
        "tail platform_fault\n");
}

__attribute__((used)) void platform_fault(uint32_t sp, uint32_t ra) {
    uint32_t mcause;
    uint32_t mepc;
    uint32_t mtval;
    __asm volatile("csrr %0, mcause" : "=r"(mcause));
    __asm volatile("csrr %0, mepc" : "=r"(mepc));
    __asm volatile("csrr %0, mtval" : "=r"(mtval));
    platform_console_init();
    board_write("\nFAULT");
    platform_write_hex("exception", mcause);
    platform_write_hex("pc", mepc);
    platform_write_hex("ra", ra);
    if (sp < (uint32_t)(uintptr_t)platform_stack_limit) {
        board_write(" stack-overflow");
    }
    platform_write_hex("sp", sp);
    platform_write_hex("mtval", mtval);
    board_write("\n");
    board_exit(BOARD_EXIT_FAULT);
}

/* Assembly, because only code without a frame of its own knows the caller's stack pointer. */
__attribute__((naked)) void board_stack_paint(void) {
    __asm volatile(
        "la t0, platform_stack_painted\n"
        "sw sp, 0(t0)\n"
        "la t0, platform_stack_limit\n"
        "li t1, " PLATFORM_TEXT_OF(PLATFORM_STACK_PATTERN) "\n"
        "1: bgeu t0, sp, 2f\n"
        "sw t1, 0(t0)\n"
        "addi t0, t0, 4\n"
        "j 1b\n"
        "2: ret\n");
}
