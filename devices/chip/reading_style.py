"""How a card can be read: known from what it says, and learned from what it refuses."""

from dataclasses import dataclass, replace
from typing import Final

from devices.chip import tlv
from devices.chip.errors import ChipError

_TAG_CARD_CAPABILITIES: Final = 0x47
_TAG_EXTENDED_LENGTH: Final = 0x7F66
_TAG_INTEGER: Final = 0x02
_EXTENDED_LC_LE: Final = 0x40
"""Bit of the third software function byte (ISO/IEC 7816-4, section 12.2.2.9)."""

BEYOND_END: Final = frozenset({0x6700, 0x6B00, 0x6282})


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """The quickest way to read files that this card is known to survive.

    Attributes:
        extended: responses may be of extended length.
        one_shot: a read may ask for more than the file holds.
        short_ids: files can be read by their short identifiers, without SELECT.
        most: the most bytes of a whole response in extended length.
    """

    extended: bool = False
    one_shot: bool = True
    short_ids: bool = True
    most: int = 65536

    def after_loss(self, sw: int) -> "ReadingStyle | None":
        """The next more careful way after a read has cost the session; None: there is none."""
        if self.one_shot and (sw in BEYOND_END - {0x6700} or sw & 0xFF00 == 0x6C00):
            return replace(self, one_shot=False)
        if self.extended:
            return replace(self, extended=False)
        if self.one_shot:
            return replace(self, one_shot=False)
        if self.short_ids:
            return replace(self, short_ids=False)
        return None


def says_extended(atr: bytes) -> bool:
    """Whether the historical bytes of an ATR announce extended length (ISO/IEC 7816-3, 8.2.5)."""
    historical = _historical_bytes(atr)
    if historical[:1] not in (b"\x00", b"\x80"):
        return False
    # Category 00 has a three-byte status at its end, category 80 has it as an object.
    objects = historical[1:-3] if historical[:1] == b"\x00" else historical[1:]
    position = 0
    while position < len(objects):
        tag, length = objects[position] >> 4, objects[position] & 0x0F
        value = objects[position + 1 : position + 1 + length]
        if tag == _TAG_CARD_CAPABILITIES & 0x0F and len(value) >= 3:
            return bool(value[2] & _EXTENDED_LC_LE)
        position += 1 + length
    return False


def _historical_bytes(atr: bytes) -> bytes:
    if len(atr) < 2:
        return b""
    count, indicator, position = atr[1] & 0x0F, atr[1] >> 4, 2
    while indicator:
        interface = indicator.bit_count()
        has_next = indicator & 0x8
        position += interface
        if not has_next or position > len(atr):
            break
        indicator = atr[position - 1] >> 4
    return atr[position : position + count]


def extended_limit(atr_info: bytes) -> int | None:
    """The longest response that EF.ATR/INFO announces; None: no extended length.

    (ICAO Doc 9303-10, section 3.11.2; ISO/IEC 7816-4, section 12.7.1)
    """
    try:
        objects = {item.tag: item for item in tlv.parse_all(atr_info)}
        limits = objects.get(_TAG_EXTENDED_LENGTH)
        if limits is not None:
            numbers = [
                int.from_bytes(item.value, "big")
                for item in limits.children()
                if item.tag == _TAG_INTEGER
            ]
            if len(numbers) == 2 and numbers[1] > 256:
                return numbers[1]
        capabilities = objects.get(_TAG_CARD_CAPABILITIES)
        if capabilities is not None and len(capabilities.value) >= 3:
            return 65536 if capabilities.value[2] & _EXTENDED_LC_LE else None
    except ChipError:
        return None
    return None
