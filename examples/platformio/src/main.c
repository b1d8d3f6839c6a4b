/* Checks the model, reads one digit and says which it is. */
#include <stdio.h>

#include "digits.h"

/* A handwritten 3 of 8 x 8 pixels, 0 to 16 dark. */
static const uint8_t picture[DIGITS_IN0_BYTES] = {
    0, 0, 6, 14, 15, 7, 0, 0, 0, 0, 13, 16, 13, 14, 0, 0, 0, 0, 1, 2, 8, 16, 2, 0, 0, 0, 0, 5, 15, 12, 0, 0,
    0, 0, 0, 5, 13, 15, 3, 0, 0, 0, 0, 0, 1, 14, 8, 0, 0, 0, 5, 2, 5, 16, 7, 0, 0, 0, 9, 16, 15, 10, 1, 0,
};

static uint8_t arena[DIGITS_ARENA_SIZE] DIGITS_ALIGNED(DIGITS_ARENA_ALIGN) DIGITS_ARENA_ATTR;

int main(void)
{
    digits_ctx ctx;
    if (digits_init(&ctx, arena, sizeof arena) != DIGITS_OK || digits_self_test(&ctx) != DIGITS_OK) {
        puts("digits: self-test failed");
        return 1;
    }
    puts("digits: self-test passed");

    int8_t *input = digits_input(&ctx);
    for (size_t i = 0; i < DIGITS_IN0_BYTES; i++) {
        const int level = picture[i] * 255 / 16;
        input[i] = (int8_t)(level + DIGITS_IN0_ZERO_POINT);
    }
    digits_run(&ctx);
    const int8_t *scores = digits_output(&ctx);
    size_t best = 0;
    for (size_t i = 1; i < DIGITS_OUT0_BYTES; i++) {
        best = scores[i] > scores[best] ? i : best;
    }
    printf("digits: this is a %u\n", (unsigned)best);
    return 0;
}
