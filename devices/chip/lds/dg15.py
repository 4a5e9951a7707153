"""DG15: public key for active authentication (ICAO Doc 9303-10, section 4.7.15)."""

from typing import Final

from devices.chip import tlv
from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError

_SEQUENCE: Final = 0x30


def parse(data: bytes) -> bytes:
    """The SubjectPublicKeyInfo of DG15, exactly as it stands in the file.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    inner = tlv.parse(objects.open_data_group(15, data).value)
    if inner.tag != _SEQUENCE:
        raise LdsError(f"DG15: a SubjectPublicKeyInfo expected, tag {inner.tag:X} found")
    return inner.raw


def build(subject_public_key_info: bytes) -> bytes:
    """Write DG15 of a SubjectPublicKeyInfo in DER."""
    data = objects.build_data_group(15, [subject_public_key_info])
    parse(data)
    return data
