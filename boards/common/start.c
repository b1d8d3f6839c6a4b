/* What happens between the processor's reset code and main, and the reading of the painted stack. */
#include "board.h"
#include "platform.h"

uint32_t *platform_stack_painted;

#define WRITE(register, value) PLATFORM_REGISTER(register) = (value);
#define MODIFY(register, clear, set) \
    PLATFORM_REGISTER(register) = (PLATFORM_REGISTER(register) & ~(clear)) | (set);
#define WAIT(register, bits) \
    while ((PLATFORM_REGISTER(register) & (bits)) != (bits)) { \
    }

/* Clocks, pins and whatever else the board's description asks for. */
static void set_up(void) {
    BOARD_SETUP(WRITE, MODIFY, WAIT)
}

void board_init(void) {
    set_up();
    platform_console_init();
    platform_ticks_init();
}

void platform_start(void) {
    const uint32_t *from = platform_data_load;
    for (uint32_t *to = platform_data_start; to < platform_data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = platform_bss_start; to < platform_bss_end; to++) {
        *to = 0u;
    }
    board_init();
    board_exit(main());
}

uint32_t board_stack_used(void) {
    const volatile uint32_t *lowest = platform_stack_limit;
    while (lowest < platform_stack_painted && *lowest == (uint32_t)PLATFORM_STACK_PATTERN) {
        lowest++;
    }
    return (uint32_t)((uintptr_t)platform_stack_painted - (uintptr_t)lowest);
}
