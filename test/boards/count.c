/* Writes the ticks that spin(n), which executes 2n + constant instructions, takes for several n to ticks.bin. */
#include "board.h"

#if defined(__arm__)

__attribute__((noinline)) static void spin(uint32_t n) {
    __asm volatile(".syntax unified\n1: subs %0, #1\n bne 1b\n" : "+l"(n) : : "cc");
}

#elif defined(__riscv)

__attribute__((noinline)) static void spin(uint32_t n) {
    __asm volatile("1: addi %0, %0, -1\n bnez %0, 1b\n" : "+r"(n));
}

#endif

static const uint32_t turns[] = {1u, 2u, 3u, 4u, 5u, 10u, 100u, 1000u, 4321u, 100000u, 3000000u};
#define COUNT (sizeof turns / sizeof turns[0])

int main(void) {
    static uint32_t ticks[2u * COUNT];
    board_init();
    for (uint32_t i = 0u; i < 2u * COUNT; i++) {
        const uint32_t n = turns[i % COUNT];
        const uint32_t before = board_ticks();
        spin(n);
        ticks[i] = board_ticks() - before;
    }
    const int32_t file = board_file_create("ticks.bin");
    (void)board_file_append(file, ticks, sizeof ticks);
    board_file_close(file);
    return 0;
}
