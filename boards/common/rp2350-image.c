/*
 * Image definition of the RP2350: what the boot ROM looks for in the first 4 KB of flash. It says that this is an
 * executable for the secure Arm processors (RP2350 datasheet, 5.9.5). The image starts at the vector table, as the boot
 * ROM assumes of an image that names none.
 */
#include <stdint.h>

#define BLOCK_START 0xFFFFDED3u
#define ITEM_IMAGE_TYPE_EXECUTABLE_SECURE_ARM 0x10210142u
#define ITEM_LAST_AFTER_1_WORD 0x000001FFu
#define NO_OTHER_BLOCK 0u
#define BLOCK_END 0xAB123579u

__attribute__((section(".image_definition"), used)) static const uint32_t image_definition[] = {
    BLOCK_START, ITEM_IMAGE_TYPE_EXECUTABLE_SECURE_ARM, ITEM_LAST_AFTER_1_WORD, NO_OTHER_BLOCK, BLOCK_END,
};
