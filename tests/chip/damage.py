"""Damage that keeps a file's structure: one data object is changed, the lengths around it fit.

Changed bytes alone rarely get past the first length that does not fit any more.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from devices.chip import tlv
from devices.chip.tlv import TlvError

_OCTET_STRING: Final = 0x04
_BIT_STRING: Final = 0x03

VALUES: Final = (
    b"",
    b"\x00",
    b"\x80",
    b"\xff" * 9,
    b"\x7f" * 3000,
    b"\x81" * 3000 + b"\x01",
    bytes(300),
    b"\x31\x80" * 40,
)
TAGS: Final = (0x02, 0x04, 0x06, 0x30, 0x31, 0xA0, 0x7F49)
Change: TypeAlias = Callable[[int, bytes], bytes]
CHANGES: Final[tuple[Change, ...]] = (
    *(lambda tag, _value, new=new: tlv.encode(tag, new) for new in VALUES),
    *(lambda _tag, value, new=new: tlv.encode(new, value) for new in TAGS),
    lambda _tag, _value: b"",
    lambda tag, value: tlv.encode(tag, value) * 2,
    lambda tag, value: tlv.encode(tag, value) * 50,
)
"""From tag and value of an object to what stands in its place."""


def _inside(tag: int, value: bytes) -> tuple[bytes, tuple[tlv.Tlv, ...]]:
    """What stands before the objects in a value, and the objects; none where there are none."""
    skipped = 1 if tag == _BIT_STRING and value[:1] == b"\x00" else 0
    constructed = bool(int(f"{tag:X}"[:2], 16) & 0x20)
    if not constructed and tag not in (_OCTET_STRING, _BIT_STRING):
        return b"", ()
    try:
        return value[:skipped], tlv.parse_all(value[skipped:])
    except TlvError:
        return b"", ()


def count(data: bytes) -> int:
    """How many objects there are to damage."""
    return sum(1 for _ in _walk(tlv.parse(data)))


def _walk(item: tlv.Tlv) -> Iterator[tlv.Tlv]:
    yield item
    for child in _inside(item.tag, item.value)[1]:
        yield from _walk(child)


def damaged(data: bytes, at: int, change: Change) -> bytes:
    """The file with its object number `at`, counted as it is read, changed."""
    position = -1

    def rebuilt(item: tlv.Tlv) -> bytes:
        nonlocal position
        position += 1
        if position == at:
            return change(item.tag, item.value)
        before, children = _inside(item.tag, item.value)
        if not children:
            return tlv.encode(item.tag, item.value)
        return tlv.encode(item.tag, before + b"".join(rebuilt(child) for child in children))

    return rebuilt(tlv.parse(data))
