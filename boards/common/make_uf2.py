#!/usr/bin/env python3
"""Wraps a binary image into the UF2 blocks that USB boot loaders take: 512 bytes each, with 256 of the image."""
import argparse
import struct

MAGIC_START = (0x0A324655, 0x9E5D5157)
MAGIC_END = 0x0AB16F30
FLAG_FAMILY_ID = 0x00002000
PAYLOAD = 256


def uf2(image, address, family):
    count = (len(image) + PAYLOAD - 1) // PAYLOAD
    for number in range(count):
        part = image[number * PAYLOAD : (number + 1) * PAYLOAD]
        header = struct.pack(
            "<8I", *MAGIC_START, FLAG_FAMILY_ID, address + number * PAYLOAD, PAYLOAD, number, count, family
        )
        yield header + part.ljust(476, b"\0") + struct.pack("<I", MAGIC_END)


def number(text):
    return int(text, 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image")
    parser.add_argument("output")
    parser.add_argument("--address", type=number, required=True, help="where the image starts in flash")
    parser.add_argument("--family", type=number, required=True, help="family identifier of the chip")
    arguments = parser.parse_args()
    with open(arguments.image, "rb") as file:
        image = file.read()
    with open(arguments.output, "wb") as file:
        file.writelines(uf2(image, arguments.address, arguments.family))


if __name__ == "__main__":
    main()
