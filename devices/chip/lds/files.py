"""The files of the eMRTD application and of the master file (ICAO Doc 9303-10, section 3 and 4)."""

from typing import Final

APPLICATION: Final = bytes.fromhex("A0000002471001")
"""Application identifier of the LDS1 eMRTD application."""

EF_ATR_INFO: Final = 0x2F01
EF_DIR: Final = 0x2F00
EF_CARD_ACCESS: Final = 0x011C
EF_CARD_SECURITY: Final = 0x011D
"""In the master file; EF.SOD has the same number in the application."""
EF_COM: Final = 0x011E
EF_SOD: Final = 0x011D

DATA_GROUPS: Final = range(1, 17)
_TAGS: Final = bytes.fromhex("61756376656667 68696A6B6C6D6E6F70")


def file_id(data_group: int) -> int:
    """File identifier of a data group."""
    return 0x0100 + data_group


def tag(data_group: int) -> int:
    """Tag of a data group's file (table 34)."""
    return _TAGS[data_group - 1]


def data_group(tag: int) -> int | None:
    """The data group that a tag stands for, None where it stands for none."""
    position = _TAGS.find(tag) if 0 <= tag <= 0xFF else -1
    return position + 1 if position >= 0 else None


def short_id(file: int) -> int:
    """Short file identifier, 1 to 30: the last five bits of the file identifier."""
    return file & 0x1F
