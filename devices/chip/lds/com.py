"""EF.COM: version and list of data groups, unsigned (ICAO Doc 9303-10, section 4.6.1)."""

import re
from dataclasses import dataclass
from typing import Final

from devices.chip import tlv
from devices.chip.lds import files
from devices.chip.lds.errors import LdsError

_TAG: Final = 0x60
_LDS_VERSION: Final = 0x5F01
_UNICODE_VERSION: Final = 0x5F36
_TAG_LIST: Final = 0x5C


@dataclass(frozen=True, slots=True)
class Com:
    """What EF.COM says. Nothing of it is signed: EF.SOD decides which data groups there are."""

    lds_version: str
    """E.g. ``1.7``."""
    unicode_version: str
    """E.g. ``4.0.0``."""
    data_groups: tuple[int, ...]


def parse(data: bytes) -> Com:
    """Read EF.COM; tags that stand for no data group are passed over.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    outer = tlv.parse(data)
    if outer.tag != _TAG:
        raise LdsError(f"EF.COM: tag {_TAG:X} expected, {outer.tag:X} found")
    groups = (files.data_group(tag) for tag in outer.get(_TAG_LIST).value)
    return Com(
        lds_version=_version(outer.get(_LDS_VERSION).value, 2),
        unicode_version=_version(outer.get(_UNICODE_VERSION).value, 3),
        data_groups=tuple(group for group in groups if group is not None),
    )


def build(com: Com) -> bytes:
    """Write EF.COM."""
    tags = bytes(files.tag(group) for group in com.data_groups)
    return tlv.encode(
        _TAG,
        tlv.encode(_LDS_VERSION, _version_digits(com.lds_version, 2))
        + tlv.encode(_UNICODE_VERSION, _version_digits(com.unicode_version, 3))
        + tlv.encode(_TAG_LIST, tags),
    )


def _version(value: bytes, parts: int) -> str:
    if re.fullmatch(rb"\d{%d}" % (2 * parts), value) is None:
        raise LdsError(f"EF.COM: a version is not {2 * parts} digits")
    return ".".join(str(int(value[at : at + 2])) for at in range(0, 2 * parts, 2))


def _version_digits(version: str, parts: int) -> bytes:
    numbers = version.split(".")
    if len(numbers) != parts or not all(re.fullmatch(r"\d{1,2}", part) for part in numbers):
        raise LdsError(f"EF.COM: {version!r} is not a version of {parts} numbers")
    return "".join(f"{int(part):02}" for part in numbers).encode()
