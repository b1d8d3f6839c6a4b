/* Overflows a signed integer: undefined behaviour that the host's sanitizer must catch. */
#include "board.h"

int main(void) {
    volatile int32_t value = INT32_MAX;
    board_init();
    value = value + 1;
    return 0;
}
