/* The development machine as a board: ordinary files and standard output, no tick counter, no stack measurement. */
#include "board.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_OPEN_FILES 8

static FILE *files[MAX_OPEN_FILES];

static FILE *file_of(int32_t handle) {
    return handle >= 0 && handle < MAX_OPEN_FILES ? files[handle] : NULL;
}

void board_init(void) {
}

void board_write(const char *text) {
    fputs(text, stdout);
    fflush(stdout);
}

int32_t board_file_load(const char *path, void *dst, uint32_t bytes) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    const size_t done = fread(dst, 1u, bytes, file);
    const int failed = ferror(file);
    fclose(file);
    return failed != 0 ? -1 : (int32_t)done;
}

int32_t board_file_create(const char *path) {
    for (int32_t handle = 0; handle < MAX_OPEN_FILES; handle++) {
        if (files[handle] == NULL) {
            files[handle] = fopen(path, "wb");
            return files[handle] == NULL ? -1 : handle;
        }
    }
    return -1;
}

int32_t board_file_append(int32_t handle, const void *src, uint32_t bytes) {
    FILE *file = file_of(handle);
    return file != NULL && fwrite(src, 1u, bytes, file) == bytes ? (int32_t)bytes : -1;
}

void board_file_close(int32_t handle) {
    FILE *file = file_of(handle);
    if (file != NULL) {
        fclose(file);
        files[handle] = NULL;
    }
}

uint32_t board_ticks(void) {
    return 0u;
}

void board_stack_paint(void) {
}

uint32_t board_stack_used(void) {
    return 0u;
}

void board_exit(int code) {
    exit(code);
}
