/*
 * What the board support files share among themselves. Programs include board.h only.
 *
 * Addresses come from the board's description, in board_config.h: one BOARD_UART_<kind> and one BOARD_COUNTER_<kind>,
 * each with the base address of the peripheral as its value.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdint.h>

#include "board_config.h"

#define PLATFORM_REGISTER(address) (*(volatile uint32_t *)(address))

/* From the linker script: the code, for those who look at instructions. */
extern const uint8_t platform_text_start[];
extern const uint8_t platform_text_end[];

/* From the linker script. The stack grows down from platform_stack_top to platform_stack_limit. */
extern uint32_t platform_stack_limit[];
extern uint32_t platform_stack_top[];
extern uint32_t platform_data_load[];
extern uint32_t platform_data_start[];
extern uint32_t platform_data_end[];
extern uint32_t platform_bss_start[];
extern uint32_t platform_bss_end[];

int main(void);

void platform_console_init(void);
void platform_ticks_init(void);

/* Writes " name=0x01234567" to the console. */
void platform_write_hex(const char *name, uint32_t value);

/* Asks the semihosting host for a service; the meaning of argument and result depends on the operation. */
int32_t platform_semihosting(uint32_t operation, void *argument);

/* Copies initialised data to RAM, clears the rest, runs main and ends with its result. */
void platform_start(void);

/* Set by board_stack_paint: the stack pointer of its caller. Assembly code writes both, hence the macro is plain text. */
extern uint32_t *platform_stack_painted;
#define PLATFORM_STACK_PATTERN 0xA5A5A5A5
#define PLATFORM_TEXT_OF(macro) PLATFORM_TEXT(macro)
#define PLATFORM_TEXT(text) #text

#endif
