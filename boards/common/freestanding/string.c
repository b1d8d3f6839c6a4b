/*
 * memcpy, memmove, memset, memcmp and strlen for toolchains without a C library. Words are moved where both sides are aligned,
 * which arenas and packed weights are; everything else goes byte by byte, and never past either buffer.
 */
#include "string.h"

#include <stdint.h>

/* Without the attribute GCC recognises these loops and replaces each by a call of the function it is in. */
#define NO_SELF_CALL __attribute__((optimize("no-tree-loop-distribute-patterns")))

/* Words that may alias any other type, as the buffers' own types are unknown here. */
typedef uint32_t __attribute__((may_alias)) word;
#define WORD sizeof(word)

static int word_aligned(const void *left, const void *right) {
    return (((uintptr_t)left | (uintptr_t)right) & (WORD - 1u)) == 0u;
}

NO_SELF_CALL void *memcpy(void *restrict dst, const void *restrict src, size_t bytes) {
    unsigned char *to = dst;
    const unsigned char *from = src;
    if (word_aligned(dst, src)) {
        for (; bytes >= WORD; bytes -= WORD, to += WORD, from += WORD) {
            *(word *)(void *)to = *(const word *)(const void *)from;
        }
    }
    while (bytes-- != 0u) {
        *to++ = *from++;
    }
    return dst;
}

NO_SELF_CALL void *memmove(void *dst, const void *src, size_t bytes) {
    unsigned char *to = dst;
    const unsigned char *from = src;
    if ((uintptr_t)dst <= (uintptr_t)src) {
        while (bytes-- != 0u) {
            *to++ = *from++;
        }
    } else {
        while (bytes-- != 0u) {
            to[bytes] = from[bytes];
        }
    }
    return dst;
}

NO_SELF_CALL void *memset(void *dst, int value, size_t bytes) {
    unsigned char *to = dst;
    const unsigned char byte = (unsigned char)value;
    if (((uintptr_t)dst & (WORD - 1u)) == 0u) {
        const word pattern = (word)byte * 0x01010101u;
        for (; bytes >= WORD; bytes -= WORD, to += WORD) {
            *(word *)(void *)to = pattern;
        }
    }
    while (bytes-- != 0u) {
        *to++ = byte;
    }
    return dst;
}

NO_SELF_CALL int memcmp(const void *left, const void *right, size_t bytes) {
    const unsigned char *a = left;
    const unsigned char *b = right;
    for (; bytes != 0u; bytes--, a++, b++) {
        if (*a != *b) {
            return *a < *b ? -1 : 1;
        }
    }
    return 0;
}

NO_SELF_CALL size_t strlen(const char *text) {
    size_t length = 0u;
    while (text[length] != '\0') {
        length++;
    }
    return length;
}
