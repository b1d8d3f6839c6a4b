/* Writes the stack used by recursions of depth 0, 10 and 20 to stack.bin. */
#include "board.h"

uint32_t recurse(uint32_t depth);

__attribute__((noinline)) uint32_t recurse(uint32_t depth) {
    volatile uint32_t local[8];
    for (uint32_t i = 0u; i < 8u; i++) {
        local[i] = depth + i;
    }
    return depth == 0u ? local[0] : recurse(depth - 1u) + local[7];
}

int main(void) {
    static uint32_t used[3];
    volatile uint32_t sink = 0u;
    board_init();
    for (uint32_t i = 0u; i < 3u; i++) {
        board_stack_paint();
        sink += recurse(10u * i);
        used[i] = board_stack_used();
    }
    (void)sink;
    const int32_t file = board_file_create("stack.bin");
    (void)board_file_append(file, used, sizeof used);
    board_file_close(file);
    return 0;
}
