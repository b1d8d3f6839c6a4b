/* Vector table and reset; the C library's crt0 does the rest. */
#include <stdint.h>
#include <stdlib.h>

void _start(void);

static void fault(void)
{
    exit(99);
}

static void reset(void)
{
    /* the floating-point unit, before any code that the compiler may use it in */
    *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20;
    _start();
}

__attribute__((section(".vectors"))) void *const vectors[16] = {
    (void *)0x400000, (void *)reset, [2 ... 15] = (void *)fault,
};
