/* Recurses without end. */
#include "board.h"

uint32_t recurse(uint32_t depth);

__attribute__((noinline)) uint32_t recurse(uint32_t depth) {
    volatile uint32_t local[16];
    local[depth % 16u] = depth;
    return depth == UINT32_MAX ? 0u : recurse(depth + 1u) + local[depth % 16u];
}

int main(void) {
    board_init();
    return (int)recurse(0u);
}
