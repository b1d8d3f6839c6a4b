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

#else
#error "the board's description names no counter this file knows"
#endif
