/* Loads input.bin, at most BUFFER_BYTES, and writes it REPEATS times to output.bin, in two pieces each time. */
#include "board.h"

static uint8_t buffer[BUFFER_BYTES];

int main(void) {
    board_init();
    if (board_file_load("missing.bin", buffer, 1u) != -1) {
        return 1;
    }
    if (board_file_load("input.bin", buffer, BUFFER_BYTES) != BUFFER_BYTES) {
        return 2;
    }
    const int32_t output = board_file_create("output.bin");
    if (output < 0) {
        return 3;
    }
    for (uint32_t repeat = 0u; repeat < REPEATS; repeat++) {
        if (board_file_append(output, buffer, 1u) != 1) {
            return 4;
        }
        if (board_file_append(output, buffer + 1, BUFFER_BYTES - 1u) != BUFFER_BYTES - 1) {
            return 5;
        }
    }
    board_file_close(output);
    return board_file_append(output, buffer, 1u) == -1 ? 0 : 6;
}
