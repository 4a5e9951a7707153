"""What the data groups' readers and writers have in common."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from devices.chip import tlv
from devices.chip.lds import files
from devices.chip.lds.errors import LdsError
from devices.chip.tlv import Tlv

COUNT: Final = 0x02
TAG_LIST: Final = 0x5C


def open_data_group(number: int, data: bytes) -> Tlv:
    """The outermost object of a data group's file.

    Raises:
        LdsError: it is the file of another data group.
        TlvError: it is no data object.
    """
    found = tlv.parse(data)
    if found.tag != files.tag(number):
        raise LdsError(f"DG{number}: tag {files.tag(number):X} expected, {found.tag:X} found")
    return found


def build_data_group(number: int, objects: Iterable[bytes]) -> bytes:
    """A data group's file of its objects."""
    return tlv.encode(files.tag(number), b"".join(objects))


def text(item: Tlv | None) -> str:
    """Text of an object; empty where there is none.

    The standard asks for UTF-8 (Doc 9303-10, 4.7.11); some states write Latin-1 all the same.
    """
    if item is None:
        return ""
    try:
        return item.value.decode("utf-8")
    except UnicodeDecodeError:
        return item.value.decode("latin-1")


def lines(item: Tlv | None) -> tuple[str, ...]:
    """Text whose parts are set apart by fillers."""
    return tuple(part for part in text(item).split("<") if part)


def calendar_date(item: Tlv | None) -> date | None:
    """A date of eight digits, as text or as BCD; None where absent, unknown or no date."""
    if item is None:
        return None
    digits = item.value.hex() if len(item.value) == 4 else text(item)
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def date_text(value: date | None) -> bytes:
    """A date as eight digits of text; nothing where there is none."""
    return b"" if value is None else f"{value:%Y%m%d}".encode()


def count_of(parent: Tlv, number: int) -> int:
    """The number of instances that a data group states.

    Raises:
        LdsError: it states none, or a number longer than one byte.
    """
    value = parent.get(COUNT).value
    if len(value) != 1:
        raise LdsError(f"DG{number}: the number of instances is {len(value)} bytes long")
    return value[0]


def tag_list(items: Iterable[int]) -> bytes:
    """The list of tags that stands before optional objects."""
    octets = b"".join(item.to_bytes(2 if item > 0xFF else 1, "big") for item in items)
    return tlv.encode(TAG_LIST, octets)


def with_tag_list(objects: Mapping[int, bytes]) -> tuple[bytes, ...]:
    """Those objects that have a value, each encoded, with the list of their tags before them."""
    present = {tag: value for tag, value in objects.items() if value}
    encoded = (tlv.encode(tag, value) for tag, value in present.items())
    return (tag_list(present), *encoded)


def instances(tag: int, values: Iterable[bytes]) -> bytes:
    """A count and that many objects of one tag; empty where there are none."""
    encoded = [tlv.encode(tag, value) for value in values]
    if not encoded:
        return b""
    return tlv.encode(COUNT, bytes((len(encoded),))) + b"".join(encoded)
