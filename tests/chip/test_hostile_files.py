"""Files that are made to keep the machine busy: bounded memory, and an answer."""

import tracemalloc
from collections.abc import Callable

import pytest

from devices.chip import tlv
from devices.chip.errors import ChipError
from devices.chip.lds import com, dg2, dg11, dg14
from devices.chip.pki import certificate, cms, crl, keys, ldif, master_list, sod

SIZE = 60_000
"""About the longest file that a chip holds."""


def _nested(tag: int, size: int) -> bytes:
    """As many objects of definite length inside one another as the size holds."""
    headers: list[bytes] = []
    length = 0
    while length < size:
        headers.append(tlv.encode(tag, b"")[:-1] + _length(length))
        length += len(headers[-1])
    return b"".join(reversed(headers))


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes((length,))
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


INDEFINITE = b"\x30\x80" * (SIZE // 2)
MANY_SMALL = b"\x30\x00" * (SIZE // 2)
BOMBS = {
    "indefinite lengths": INDEFINITE,
    "definite lengths": _nested(0x30, SIZE),
    "many small objects": tlv.encode(0x30, MANY_SMALL),
    "a length of four gigabytes": b"\x30\x84\xff\xff\xff\xff" + bytes(100),
    "zeros": bytes(SIZE),
    "octet strings in parts": tlv.encode(0x30, _nested(0x24, SIZE)),
}
PARSERS: dict[str, Callable[[bytes], object]] = {
    "tlv": lambda data: tlv.parse(data).children(),
    "sod": lambda data: sod.parse(tlv.encode(0x77, data)),
    "cms": cms.parse,
    "certificate": certificate.parse,
    "crl": crl.parse,
    "public key": keys.load_public_key,
    "master list": master_list.parse,
    "ldif": lambda data: list(ldif.entries(data)),
    "com": lambda data: com.parse(tlv.encode(0x60, data)),
    "dg2": lambda data: dg2.parse(
        tlv.encode(
            0x75,
            tlv.encode(0x7F61, b"\x02\x01\x01" + tlv.encode(0x7F60, tlv.encode(0x7F2E, data))),
        )
    ),
    "dg11": lambda data: dg11.parse(tlv.encode(0x6B, tlv.encode(0xA0, data))),
    "dg14": lambda data: dg14.parse(tlv.encode(0x6E, data)),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("parser", PARSERS)
def test_memory_stays_within_a_multiple_of_the_file(parser: str, bomb: str) -> None:
    data = BOMBS[bomb]
    tracemalloc.start()
    try:
        PARSERS[parser](data)
    except ChipError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # an object of two bytes becomes a record of some two hundred
    assert peak < 150 * SIZE
