/* The console: polled output on the board's UART. */
#include "board.h"
#include "platform.h"

#if defined(BOARD_UART_CMSDK)

#define UART_DATA (BOARD_UART_CMSDK + 0x00u)
#define UART_STATE (BOARD_UART_CMSDK + 0x04u)
#define UART_CTRL (BOARD_UART_CMSDK + 0x08u)
#define UART_BAUDDIV (BOARD_UART_CMSDK + 0x10u)
#define UART_STATE_TX_FULL 1u
#define UART_CTRL_TX_ENABLE 1u

void platform_console_init(void) {
    /* 16 is the smallest divisor the peripheral accepts. */
    PLATFORM_REGISTER(UART_BAUDDIV) = 16u;
    PLATFORM_REGISTER(UART_CTRL) = UART_CTRL_TX_ENABLE;
}

static void put(char c) {
    while ((PLATFORM_REGISTER(UART_STATE) & UART_STATE_TX_FULL) != 0u) {
    }
    PLATFORM_REGISTER(UART_DATA) = (uint8_t)c;
}

#elif defined(BOARD_UART_NRF51)

#define UART_TASKS_STARTTX (BOARD_UART_NRF51 + 0x008u)
#define UART_EVENTS_TXDRDY (BOARD_UART_NRF51 + 0x11Cu)
#define UART_ENABLE (BOARD_UART_NRF51 + 0x500u)
#define UART_TXD (BOARD_UART_NRF51 + 0x51Cu)
#define UART_ENABLE_ENABLED 4u

void platform_console_init(void) {
    PLATFORM_REGISTER(UART_ENABLE) = UART_ENABLE_ENABLED;
    PLATFORM_REGISTER(UART_TASKS_STARTTX) = 1u;
}

static void put(char c) {
    PLATFORM_REGISTER(UART_EVENTS_TXDRDY) = 0u;
    PLATFORM_REGISTER(UART_TXD) = (uint8_t)c;
    while (PLATFORM_REGISTER(UART_EVENTS_TXDRDY) == 0u) {
    }
}

#elif defined(BOARD_UART_PL011)

#define UART_DR (BOARD_UART_PL011 + 0x00u)
#define UART_FR (BOARD_UART_PL011 + 0x18u)
#define UART_CR (BOARD_UART_PL011 + 0x30u)
#define UART_FR_TX_FULL 0x20u
#define UART_CR_TX_ENABLE 0x101u

void platform_console_init(void) {
    PLATFORM_REGISTER(UART_CR) = UART_CR_TX_ENABLE;
}

static void put(char c) {
    while ((PLATFORM_REGISTER(UART_FR) & UART_FR_TX_FULL) != 0u) {
    }
    PLATFORM_REGISTER(UART_DR) = (uint8_t)c;
}

#elif defined(BOARD_UART_NS16550)

#define UART_THR 0u
#define UART_LSR 5u
#define UART_LSR_TX_EMPTY 0x20u

static volatile uint8_t *const uart = (volatile uint8_t *)BOARD_UART_NS16550;

void platform_console_init(void) {
}

static void put(char c) {
    while ((uart[UART_LSR] & UART_LSR_TX_EMPTY) == 0u) {
    }
    uart[UART_THR] = (uint8_t)c;
}

#elif defined(BOARD_UART_SIFIVE)

#define UART_TXDATA (BOARD_UART_SIFIVE + 0x00u)
#define UART_TXCTRL (BOARD_UART_SIFIVE + 0x08u)
#define UART_TXDATA_FULL 0x80000000u
#define UART_TXCTRL_ENABLE 1u

void platform_console_init(void) {
    PLATFORM_REGISTER(UART_TXCTRL) = UART_TXCTRL_ENABLE;
}

static void put(char c) {
    while ((PLATFORM_REGISTER(UART_TXDATA) & UART_TXDATA_FULL) != 0u) {
    }
    PLATFORM_REGISTER(UART_TXDATA) = (uint8_t)c;
}

#elif defined(BOARD_UART_STM32_SR)

/* STM32 F1, F2, F4: status and data registers. Baud rate and pins are the set-up's. */
#define UART_SR (BOARD_UART_STM32_SR + 0x00u)
#define UART_DR (BOARD_UART_STM32_SR + 0x04u)
#define UART_CR1 (BOARD_UART_STM32_SR + 0x0Cu)
#define UART_SR_TX_EMPTY (1u << 7)
#define UART_CR1_ENABLE ((1u << 13) | (1u << 3))

void platform_console_init(void) {
    PLATFORM_REGISTER(UART_CR1) = UART_CR1_ENABLE;
}

static void put(char c) {
    while ((PLATFORM_REGISTER(UART_SR) & UART_SR_TX_EMPTY) == 0u) {
    }
    PLATFORM_REGISTER(UART_DR) = (uint8_t)c;
}

#elif defined(BOARD_UART_STM32_ISR)

/* The later STM32: interrupt and status register, and a register for sending. */
#define UART_CR1 (BOARD_UART_STM32_ISR + 0x00u)
#define UART_ISR (BOARD_UART_STM32_ISR + 0x1Cu)
#define UART_TDR (BOARD_UART_STM32_ISR + 0x28u)
#define UART_ISR_TX_EMPTY (1u << 7)
#define UART_CR1_ENABLE ((1u << 3) | 1u)

void platform_console_init(void) {
    PLATFORM_REGISTER(UART_CR1) = UART_CR1_ENABLE;
}

static void put(char c) {
    while ((PLATFORM_REGISTER(UART_ISR) & UART_ISR_TX_EMPTY) == 0u) {
    }
    PLATFORM_REGISTER(UART_TDR) = (uint8_t)c;
}

#elif defined(BOARD_UART_SEMIHOSTING)

/* No UART is described: the console of the debugger or simulator, if there is one. */
#define SYS_WRITEC 0x03u

void platform_console_init(void) {
}

static void put(char c) {
    (void)platform_semihosting(SYS_WRITEC, &c);
}

#else
#error "the board's description names no UART this file knows"
#endif

void board_write(const char *text) {
    while (*text != '\0') {
        put(*text++);
    }
}

void platform_write_hex(const char *name, uint32_t value) {
    board_write(" ");
    board_write(name);
    board_write("=0x");
    for (uint32_t shift = 32u; shift != 0u;) {
        shift -= 4u;
        put("0123456789abcdef"[(value >> shift) & 0xFu]);
    }
}
