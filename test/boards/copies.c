/* memcpy of one aligned word, which must not become a call, and the string functions at every alignment. */
#include "board.h"

#include <string.h>

uint32_t load_word(const void *words);

__attribute__((noinline)) uint32_t load_word(const void *words) {
    uint32_t word;
    memcpy(&word, __builtin_assume_aligned(words, sizeof word), sizeof word);
    return word;
}

#define SIZE 48u
static uint8_t from[SIZE];
static uint8_t to[SIZE];
static volatile size_t opaque;

static int is_copy(size_t dst, size_t src, size_t bytes) {
    for (size_t i = 0u; i < SIZE; i++) {
        const uint8_t expected = i >= dst && i < dst + bytes ? from[src + (i - dst)] : 0xEEu;
        if (to[i] != expected) {
            return 0;
        }
    }
    return 1;
}

static int check(size_t dst, size_t src, size_t bytes) {
    opaque = bytes;
    memset(to, 0xEE, SIZE);
    memcpy(to + dst, from + src, opaque);
    if (!is_copy(dst, src, bytes) || memcmp(to + dst, from + src, opaque) != 0) {
        return 0;
    }
    memset(to, 0xEE, SIZE);
    memcpy(to + src, from + src, opaque);
    memmove(to + dst, to + src, opaque);
    return memcmp(to + dst, from + src, opaque) == 0;
}

int main(void) {
    board_init();
    for (size_t i = 0u; i < SIZE; i++) {
        from[i] = (uint8_t)(i + 1u);
    }
    for (size_t dst = 0u; dst < 8u; dst++) {
        for (size_t src = 0u; src < 8u; src++) {
            for (size_t bytes = 0u; bytes <= 20u; bytes++) {
                if (!check(dst, src, bytes)) {
                    return 1;
                }
            }
        }
    }
    from[1] = 0x80u;
    to[1] = 0x7Fu;
    opaque = 1u;
    if (memcmp(from + 1, to + 1, opaque) <= 0 || memcmp(to + 1, from + 1, opaque) >= 0) {
        return 2;
    }
    static const uint32_t words[] = {0x08070605u};
    return load_word(words) == words[0] ? 0 : 3;
}
