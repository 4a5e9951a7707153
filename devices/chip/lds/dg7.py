"""DG7: displayed signature or usual mark (ICAO Doc 9303-10, section 4.7.7)."""

from collections.abc import Iterable
from typing import Final

from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError

_IMAGE: Final = 0x5F43


def parse(data: bytes) -> tuple[bytes, ...]:
    """Read DG7: the pictures (JPEG), at least one.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    outer = objects.open_data_group(7, data)
    images = tuple(item.value for item in outer.children() if item.tag == _IMAGE)
    stated = objects.count_of(outer, 7)
    if not images or stated != len(images):
        raise LdsError(f"DG7: {stated} pictures are stated, {len(images)} are there")
    return images


def build(images: Iterable[bytes]) -> bytes:
    """Write DG7 of one or more pictures."""
    data = objects.build_data_group(7, [objects.instances(_IMAGE, images)])
    parse(data)
    return data
