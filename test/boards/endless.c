/* Never ends. */
#include "board.h"

int main(void) {
    volatile uint32_t turns = 0u;
    board_init();
    board_write("started\n");
    for (;;) {
        turns++;
    }
}
