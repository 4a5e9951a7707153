"""DG14: security options, the container (ICAO Doc 9303-10, section 4.7.14)."""

from typing import Final

from devices.chip import tlv
from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError

_SET: Final = 0x31


def parse(data: bytes) -> bytes:
    """The SecurityInfos (a SET) of DG14, exactly as they stand in the file.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    inner = tlv.parse(objects.open_data_group(14, data).value)
    if inner.tag != _SET:
        raise LdsError(f"DG14: a SET of SecurityInfo expected, tag {inner.tag:X} found")
    return inner.raw


def build(security_infos: bytes) -> bytes:
    """Write DG14 of SecurityInfos in DER."""
    data = objects.build_data_group(14, [security_infos])
    parse(data)
    return data
