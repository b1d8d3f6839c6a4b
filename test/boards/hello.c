/* Console, initialised and cleared data, constants, floating point, and the exit status. */
#include "board.h"

static volatile uint32_t initialised = 0x12345678u;
static volatile uint32_t cleared;
static volatile float factor = 1.5f;
static const char greeting[] = "hello from the board\n";

int main(void) {
    board_init();
    board_write(greeting);
    if (initialised != 0x12345678u || cleared != 0u) {
        return 1;
    }
    factor *= 2.0f;
    return (int32_t)factor == 3 ? 7 : 2;
}
