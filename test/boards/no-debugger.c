/* What a program sees on a board without a debugger: files cannot be opened, the console works. */
#include "board.h"

int main(void) {
    char byte;
    board_init();
    if (board_file_load("input.bin", &byte, 1u) == -1 && board_file_create("output.bin") == -1) {
        board_write("no file\n");
    }
    board_write("done\n");
    return 0;
}
