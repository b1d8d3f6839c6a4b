/* The time base behind board_ticks: a free-running 32-bit counter that a simulator drives by executed instructions. */
#include "board.h"
#include "platform.h"

#if defined(BOARD_COUNTER_FPGAIO)

#define FPGAIO_COUNTER (BOARD_COUNTER_FPGAIO + 0x18u)
#define FPGAIO_PRESCALE (BOARD_COUNTER_FPGAIO + 0x1Cu)

void platform_ticks_init(void) {
    PLATFORM_REGISTER(FPGAIO_PRESCALE) = 0u;
}

uint32_t board_ticks(void) {
    return PLATFORM_REGISTER(FPGAIO_COUNTER);
}

#elif defined(BOARD_COUNTER_NRF51_TIMER)

#define TIMER_TASKS_START (BOARD_COUNTER_NRF51_TIMER + 0x000u)
#define TIMER_TASKS_CAPTURE0 (BOARD_COUNTER_NRF51_TIMER + 0x040u)
#define TIMER_MODE (BOARD_COUNTER_NRF51_TIMER + 0x504u)
#define TIMER_BITMODE (BOARD_COUNTER_NRF51_TIMER + 0x508u)
#define TIMER_PRESCALER (BOARD_COUNTER_NRF51_TIMER + 0x510u)
#define TIMER_CC0 (BOARD_COUNTER_NRF51_TIMER + 0x540u)
#define TIMER_MODE_TIMER 0u
#define TIMER_BITMODE_32 3u

void platform_ticks_init(void) {
    PLATFORM_REGISTER(TIMER_MODE) = TIMER_MODE_TIMER;
    PLATFORM_REGISTER(TIMER_BITMODE) = TIMER_BITMODE_32;
    PLATFORM_REGISTER(TIMER_PRESCALER) = 0u;
    PLATFORM_REGISTER(TIMER_TASKS_START) = 1u;
}

uint32_t board_ticks(void) {
    PLATFORM_REGISTER(TIMER_TASKS_CAPTURE0) = 1u;
    return PLATFORM_REGISTER(TIMER_CC0);
}

#elif defined(BOARD_COUNTER_RP2040_TIMER)

#define TIMER_TIMERAWL (BOARD_COUNTER_RP2040_TIMER + 0x28u)

void platform_ticks_init(void) {
}

uint32_t board_ticks(void) {
    return PLATFORM_REGISTER(TIMER_TIMERAWL);
}

#elif defined(BOARD_COUNTER_MINSTRET)

void platform_ticks_init(void) {
}

uint32_t board_ticks(void) {
    uint32_t low;
    __asm volatile("csrr %0, minstret" : "=r"(low));
    return low;
}

#elif defined(BOARD_COUNTER_STM32_TIMER)

#define TIMER_CR1 (BOARD_COUNTER_STM32_TIMER + 0x00u)
#define TIMER_EGR (BOARD_COUNTER_STM32_TIMER + 0x14u)
#define TIMER_CNT (BOARD_COUNTER_STM32_TIMER + 0x24u)
#define TIMER_PSC (BOARD_COUNTER_STM32_TIMER + 0x28u)
#define TIMER_ARR (BOARD_COUNTER_STM32_TIMER + 0x2Cu)

void platform_ticks_init(void) {
    PLATFORM_REGISTER(TIMER_PSC) = 0u;
    PLATFORM_REGISTER(TIMER_ARR) = 0xFFFFFFFFu;
    PLATFORM_REGISTER(TIMER_EGR) = 1u;
    PLATFORM_REGISTER(TIMER_CR1) = 1u;
}

uint32_t board_ticks(void) {
    return PLATFORM_REGISTER(TIMER_CNT);
}

#elif defined(BOARD_COUNTER_DWT)

/* The cycle counter of Armv7-M and Armv8-M; a locked one (Cortex-M7) is opened first. */
#define DEMCR 0xE000EDFCu
#define DEMCR_TRCENA (1u << 24)
#define DWT_CTRL (BOARD_COUNTER_DWT + 0x000u)
#define DWT_CYCCNT (BOARD_COUNTER_DWT + 0x004u)
#define DWT_LAR (BOARD_COUNTER_DWT + 0xFB0u)
#define DWT_UNLOCK 0xC5ACCE55u

void platform_ticks_init(void) {
    PLATFORM_REGISTER(DEMCR) |= DEMCR_TRCENA;
    PLATFORM_REGISTER(DWT_LAR) = DWT_UNLOCK;
    PLATFORM_REGISTER(DWT_CTRL) |= 1u;
}

uint32_t board_ticks(void) {
    return PLATFORM_REGISTER(DWT_CYCCNT);
}

#elif defined(BOARD_COUNTER_NONE)

void platform_ticks_init(void) {
}

uint32_t board_ticks(void) {
    return 0u;
}

#else
#error "the board's description names no counter this file knows"
#endif
