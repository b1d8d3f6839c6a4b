/* Loads a word from an odd address, which Armv6-M cannot. */
#include "board.h"

static uint8_t bytes[8];

int main(void) {
    volatile uintptr_t address = (uintptr_t)bytes + 1u;
    board_init();
    return (int)*(volatile uint16_t *)address;
}
