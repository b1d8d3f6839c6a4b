/*
 * The board support every program in a generated project uses, on every board: a console, files on the development
 * machine, a tick counter, stack measurement and an orderly end. It exists to run and prove a program in a simulator;
 * a product replaces it by its own start-up code and drivers, and the model's code does not notice.
 *
 * Files need a semihosting host (a simulator or a debugger). On the host board they are ordinary files.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#if defined(__GNUC__)
#define BOARD_NORETURN __attribute__((noreturn))
#else
#define BOARD_NORETURN
#endif

/* Starts the console and the tick counter. Call it first in main; calling it again does no harm. */
void board_init(void);

/* Writes a zero-terminated text to the console: the board's UART, or standard output on the host. */
void board_write(const char *text);

/*
 * Reads up to `bytes` bytes from the start of the file into `dst`. Returns the number of bytes read, which is less
 * than `bytes` only when the file is shorter; -1 if the file cannot be read. Relative paths start in the directory the
 * simulator was started in. `bytes` must be below 2^31.
 */
int32_t board_file_load(const char *path, void *dst, uint32_t bytes);

/* Creates the file, or empties an existing one, for writing. Returns a handle; -1 if that is not possible. */
int32_t board_file_create(const char *path);

/* Appends `bytes` bytes (below 2^31) to the file. Returns `bytes`, or -1 if not all of them could be written. */
int32_t board_file_append(int32_t handle, const void *src, uint32_t bytes);

void board_file_close(int32_t handle);

/*
 * The board's free-running time base. It wraps: only the unsigned difference of two readings has a meaning. In an
 * instruction-counting simulation that difference converts exactly into executed instructions, including those of one
 * call of this function. Always 0 on the host.
 */
uint32_t board_ticks(void);

/*
 * board_stack_paint fills the stack below the caller's stack pointer with a pattern; board_stack_used returns how many
 * bytes below that point have been written since. Always 0 on the host.
 */
void board_stack_paint(void);
uint32_t board_stack_used(void);

/* Ends the program; the simulator's exit status is `code` (0 to 255). Returning from main does the same. */
BOARD_NORETURN void board_exit(int code);

/* Exit status after a processor fault, which is reported on the console in one line that starts with "FAULT ". */
#define BOARD_EXIT_FAULT 99

#endif
