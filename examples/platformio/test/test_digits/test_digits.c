/* The model's self-test as a test of PlatformIO, in the lines of Unity. */
#include <stdio.h>

#include "digits.h"

static uint8_t arena[DIGITS_ARENA_SIZE] DIGITS_ALIGNED(DIGITS_ARENA_ALIGN) DIGITS_ARENA_ATTR;
static digits_ctx ctx;
static int tests;
static int failures;

static void test(const char *name, int line, digits_status status)
{
    tests++;
    if (status == DIGITS_OK) {
        printf("%s:%d:%s:PASS\n", __FILE__, line, name);
    } else {
        failures++;
        printf("%s:%d:%s:FAIL: status %d\n", __FILE__, line, name, (int)status);
    }
}

int main(void)
{
    test("digits_init", __LINE__, digits_init(&ctx, arena, sizeof arena));
    test("digits_self_test", __LINE__, digits_self_test(&ctx));
    printf("%d Tests %d Failures 0 Ignored\n%s\n", tests, failures, failures == 0 ? "OK" : "FAIL");
    return 0;
}
