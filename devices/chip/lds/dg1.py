"""DG1: the machine readable zone (ICAO Doc 9303-10, section 4.7.1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from devices.chip import tlv
from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError

_MRZ: Final = 0x5F1F
_LINE_LENGTHS: Final = {90: 30, 72: 36, 88: 44}
"""Characters in all (TD1, TD2, TD3): characters in a line."""


@dataclass(frozen=True, slots=True)
class Dg1:
    """The machine readable zone in its lines, as it is printed."""

    lines: tuple[str, ...]

    @property
    def document_code(self) -> str:
        """E.g. ``P`` or ``ID``, without filler."""
        return self.lines[0][:2].rstrip("<")

    @property
    def issuing_state(self) -> str:
        """Code of the issuing state, without filler; at the same place in TD1, TD2 and TD3."""
        return self.lines[0][2:5].rstrip("<")


def parse(data: bytes) -> Dg1:
    """Read DG1; what the lines say is for the MRZ parser.

    Raises:
        LdsError, TlvError: it is not that file, or no MRZ of TD1, TD2 or TD3.
    """
    value = objects.open_data_group(1, data).get(_MRZ).value
    length = _LINE_LENGTHS.get(len(value))
    if length is None:
        raise LdsError(f"DG1: an MRZ has 72, 88 or 90 characters, not {len(value)}")
    if re.fullmatch(rb"[A-Z0-9<]+", value) is None:
        raise LdsError("DG1: the MRZ has characters that are not A-Z, 0-9 or <")
    text = value.decode("ascii")
    return Dg1(tuple(text[at : at + length] for at in range(0, len(text), length)))


def build(lines: Iterable[str]) -> bytes:
    """Write DG1 of the lines of an MRZ."""
    text = "".join(lines)
    data = objects.build_data_group(1, [tlv.encode(_MRZ, text.encode("ascii", "replace"))])
    parse(data)
    return data
