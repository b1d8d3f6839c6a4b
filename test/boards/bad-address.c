/* Loads from an address where no board has anything. */
#include "board.h"

int main(void) {
    volatile uintptr_t address = BAD_ADDRESS;
    board_init();
    board_write("before the fault\n");
    return (int)*(volatile uint32_t *)address;
}
