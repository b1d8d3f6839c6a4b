/* Files on the development machine and the exit status, over semihosting. */
#include "board.h"
#include "platform.h"

#include <string.h>

#define SYS_OPEN 0x01u
#define SYS_CLOSE 0x02u
#define SYS_WRITE 0x05u
#define SYS_READ 0x06u
#define SYS_EXIT_EXTENDED 0x20u
#define STOPPED_APPLICATION_EXIT 0x20026u
#define OPEN_READ_BINARY 1u
#define OPEN_WRITE_BINARY 5u

static int32_t open_file(const char *path, uint32_t mode) {
    uint32_t block[3] = {(uint32_t)(uintptr_t)path, mode, (uint32_t)strlen(path)};
    return platform_semihosting(SYS_OPEN, block);
}

/* SYS_READ and SYS_WRITE: both return the number of bytes that were not transferred. */
static uint32_t transfer(uint32_t operation, int32_t handle, uintptr_t address, uint32_t bytes) {
    uint32_t block[3] = {(uint32_t)handle, (uint32_t)address, bytes};
    const uint32_t left = (uint32_t)platform_semihosting(operation, block);
    return left > bytes ? 0u : bytes - left;
}

static uint32_t transfer_all(uint32_t operation, int32_t handle, uintptr_t address, uint32_t bytes) {
    uint32_t done = 0u;
    uint32_t now = 1u;
    while (done < bytes && now != 0u) {
        now = transfer(operation, handle, address + done, bytes - done);
        done += now;
    }
    return done;
}

int32_t board_file_load(const char *path, void *dst, uint32_t bytes) {
    const int32_t handle = open_file(path, OPEN_READ_BINARY);
    if (handle < 0) {
        return -1;
    }
    const uint32_t done = transfer_all(SYS_READ, handle, (uintptr_t)dst, bytes);
    board_file_close(handle);
    return (int32_t)done;
}

int32_t board_file_create(const char *path) {
    const int32_t handle = open_file(path, OPEN_WRITE_BINARY);
    return handle < 0 ? -1 : handle;
}

int32_t board_file_append(int32_t handle, const void *src, uint32_t bytes) {
    return transfer_all(SYS_WRITE, handle, (uintptr_t)src, bytes) == bytes ? (int32_t)bytes : -1;
}

void board_file_close(int32_t handle) {
    uint32_t block[1] = {(uint32_t)handle};
    (void)platform_semihosting(SYS_CLOSE, block);
}

void board_exit(int code) {
    uint32_t block[2] = {STOPPED_APPLICATION_EXIT, (uint32_t)code};
    (void)platform_semihosting(SYS_EXIT_EXTENDED, block);
    for (;;) {
    }
}
