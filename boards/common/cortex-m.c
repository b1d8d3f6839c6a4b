/*
 * Cortex-M (Armv6-M to Armv8.1-M): vector table, reset, fault report, stack guard, semihosting trap.
 *
 * The stack lies at the bottom of RAM. An overflow is caught by MSPLIM on Armv8-M, by an MPU region over the megabyte
 * below RAM on Armv7-M, and on Armv6-M by the bus fault of an access below RAM.
 */
#include "board.h"
#include "platform.h"

#define SCB_CCR 0xE000ED14u
#define SCB_CCR_DIV_0_TRP (1u << 4)
#define SCB_CFSR 0xE000ED28u
#define SCB_CFSR_MMARVALID (1u << 7)
#define SCB_CFSR_STKOF (1u << 20)
#define SCB_HFSR 0xE000ED2Cu
#define SCB_MMFAR 0xE000ED34u
#define SCB_BFAR 0xE000ED38u
#define SCB_CPACR 0xE000ED88u
#define SCB_CPACR_CP10_CP11_FULL (0xFu << 20)

#define MPU_TYPE 0xE000ED90u
#define MPU_TYPE_DREGION 0xFF00u
#define MPU_CTRL 0xE000ED94u
#define MPU_CTRL_ENABLE_ALWAYS_WITH_DEFAULT_MAP 7u
#define MPU_RNR 0xE000ED98u
#define MPU_RBAR 0xE000ED9Cu
#define MPU_RASR 0xE000EDA0u
#define MPU_RASR_NO_ACCESS_1_MB ((1u << 28) | (19u << 1) | 1u)
#define GUARD_BYTES 0x100000u

void Reset_Handler(void);
void Fault_Handler(void);
void platform_fault(uint32_t *frame, uint32_t exc_return);

typedef void (*vector)(void);

/* Entry 0 is the initial stack pointer; no interrupt is ever enabled, so the table ends with SysTick. */
__attribute__((section(".vectors"), used)) static const vector vectors[16] = {
    (vector)(uintptr_t)platform_stack_top,
    Reset_Handler,
    Fault_Handler, /* NMI */
    Fault_Handler, /* HardFault */
    Fault_Handler, /* MemManage */
    Fault_Handler, /* BusFault */
    Fault_Handler, /* UsageFault */
    Fault_Handler, /* SecureFault */
    0,
    0,
    0,
    Fault_Handler, /* SVCall */
    Fault_Handler, /* DebugMonitor */
    0,
    Fault_Handler, /* PendSV */
    Fault_Handler, /* SysTick */
};

static void guard_stack(void) {
#if __ARM_ARCH >= 8
    __asm volatile("msr msplim, %0" : : "r"(platform_stack_limit));
#elif __ARM_ARCH == 7
    if ((PLATFORM_REGISTER(MPU_TYPE) & MPU_TYPE_DREGION) != 0u) {
        PLATFORM_REGISTER(MPU_RNR) = 0u;
        PLATFORM_REGISTER(MPU_RBAR) = (uint32_t)(uintptr_t)platform_stack_limit - GUARD_BYTES;
        PLATFORM_REGISTER(MPU_RASR) = MPU_RASR_NO_ACCESS_1_MB;
        PLATFORM_REGISTER(MPU_CTRL) = MPU_CTRL_ENABLE_ALWAYS_WITH_DEFAULT_MAP;
        __asm volatile("dsb\n isb" : : : "memory");
    }
#endif
}

void Reset_Handler(void) {
#if __ARM_ARCH >= 7
    /* Before any floating point or vector instruction, which the compiler may use anywhere in platform_start. */
    PLATFORM_REGISTER(SCB_CPACR) |= SCB_CPACR_CP10_CP11_FULL;
    PLATFORM_REGISTER(SCB_CCR) |= SCB_CCR_DIV_0_TRP;
    __asm volatile("dsb\n isb" : : : "memory");
#endif
    guard_stack();
    platform_start();
}

int32_t platform_semihosting(uint32_t operation, void *argument) {
    register uint32_t r0 __asm("r0") = operation;
    register void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

/*
 * Keeps the stack pointer, so that the report does not overwrite the exception frame it reads, unless it is outside
 * the stack or too close to its end for the report itself.
 */
__attribute__((naked, used)) void Fault_Handler(void) {
    __asm volatile(
        ".syntax unified\n"
        "mov r0, sp\n"
        "mov r1, lr\n"
        "ldr r3, =platform_stack_top\n"
        "cmp r0, r3\n"
        "bhi 1f\n"
        "ldr r2, =platform_stack_limit + 256\n"
        "cmp r0, r2\n"
        "bhs 2f\n"
        "1: mov sp, r3\n"
        "2: ldr r2, =platform_fault\n"
        "bx r2\n"
        ".ltorg\n");
}

enum { FRAME_R0 = 0, FRAME_LR = 5, FRAME_PC = 6, FRAME_XPSR = 7, FRAME_WORDS = 8 };

/* Armv8-M stops the stack pointer exactly at the limit when it could not store the frame. */
static int inside_stack(const uint32_t *frame) {
    return frame > platform_stack_limit && frame + FRAME_WORDS <= platform_stack_top;
}

static int stack_overflowed(const uint32_t *frame) {
#if __ARM_ARCH >= 7
    const uint32_t cfsr = PLATFORM_REGISTER(SCB_CFSR);
    const uint32_t limit = (uint32_t)(uintptr_t)platform_stack_limit;
    if ((cfsr & SCB_CFSR_STKOF) != 0u) {
        return 1;
    }
    if ((cfsr & SCB_CFSR_MMARVALID) != 0u && limit - PLATFORM_REGISTER(SCB_MMFAR) <= GUARD_BYTES) {
        return 1;
    }
#endif
    return !inside_stack(frame);
}

#define SEMIHOSTING_BREAKPOINT 0xBEABu
#define SEMIHOSTING_FAILED 0xFFFFFFFFu

/*
 * Without a debugger the semihosting breakpoint faults. The call then fails instead of the program: it goes on behind
 * the breakpoint with the result -1.
 */
static int skip_semihosting(uint32_t *frame) {
    if (!inside_stack(frame)) {
        return 0;
    }
    const uint32_t pc = frame[FRAME_PC];
    const uint32_t start = (uint32_t)(uintptr_t)platform_text_start;
    if (pc < start || pc >= (uint32_t)(uintptr_t)platform_text_end ||
        *(const uint16_t *)(uintptr_t)pc != SEMIHOSTING_BREAKPOINT) {
        return 0;
    }
    frame[FRAME_R0] = SEMIHOSTING_FAILED;
    frame[FRAME_PC] = pc + 2u;
    return 1;
}

/* The handler jumps here: returning ends the exception. */
__attribute__((used)) void platform_fault(uint32_t *frame, uint32_t exc_return) {
    if (skip_semihosting(frame)) {
        return;
    }
    uint32_t ipsr;
    __asm volatile("mrs %0, ipsr" : "=r"(ipsr));
    platform_console_init();
    board_write("\nFAULT");
    platform_write_hex("exception", ipsr);
    if (stack_overflowed(frame)) {
        board_write(" stack-overflow");
    }
    if (inside_stack(frame)) {
        platform_write_hex("pc", frame[FRAME_PC]);
        platform_write_hex("lr", frame[FRAME_LR]);
        platform_write_hex("xpsr", frame[FRAME_XPSR]);
    }
    platform_write_hex("sp", (uint32_t)(uintptr_t)frame);
    platform_write_hex("exc_return", exc_return);
#if __ARM_ARCH >= 7
    platform_write_hex("cfsr", PLATFORM_REGISTER(SCB_CFSR));
    platform_write_hex("hfsr", PLATFORM_REGISTER(SCB_HFSR));
    platform_write_hex("mmfar", PLATFORM_REGISTER(SCB_MMFAR));
    platform_write_hex("bfar", PLATFORM_REGISTER(SCB_BFAR));
#endif
    board_write("\n");
    board_exit(BOARD_EXIT_FAULT);
}

/* Assembly, because only code without a frame of its own knows the caller's stack pointer. */
__attribute__((naked)) void board_stack_paint(void) {
    __asm volatile(
        ".syntax unified\n"
        "mov r1, sp\n"
        "ldr r0, =platform_stack_painted\n"
        "str r1, [r0]\n"
        "ldr r0, =platform_stack_limit\n"
        "ldr r2, =" PLATFORM_TEXT_OF(PLATFORM_STACK_PATTERN) "\n"
        "1: cmp r0, r1\n"
        "bhs 2f\n"
        "str r2, [r0]\n"
        "adds r0, r0, #4\n"
        "b 1b\n"
        "2: bx lr\n"
        ".ltorg\n");
}
