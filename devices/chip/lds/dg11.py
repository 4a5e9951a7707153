"""DG11: additional personal details (ICAO Doc 9303-10, section 4.7.11)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from devices.chip.lds import objects

_NAME: Final = 0x5F0E
_OTHER_NAMES: Final = 0xA0
_OTHER_NAME: Final = 0x5F0F
_PERSONAL_NUMBER: Final = 0x5F10
_BIRTH_DATE: Final = 0x5F2B
_PLACE_OF_BIRTH: Final = 0x5F11
_ADDRESS: Final = 0x5F42
_TELEPHONE: Final = 0x5F12
_PROFESSION: Final = 0x5F13
_TITLE: Final = 0x5F14
_SUMMARY: Final = 0x5F15
_OTHER_NUMBERS: Final = 0x5F17
_CUSTODY: Final = 0x5F18


@dataclass(frozen=True, slots=True, repr=False)
class Dg11:
    """Personal details; whatever a state does not record is empty."""

    full_name: str = ""
    """In national characters, ``PRIMARY<<SECONDARY<NAMES``."""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth_date: date | None = None
    place_of_birth: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    telephone: str = ""
    profession: str = ""
    title: str = ""
    summary: str = ""
    other_document_numbers: tuple[str, ...] = ()
    custody: str = ""


def parse(data: bytes) -> Dg11:
    """Read DG11; objects that the standard does not know are passed over.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    outer = objects.open_data_group(11, data)
    items = {item.tag: item for item in outer.children()}
    others = items.get(_OTHER_NAMES)
    return Dg11(
        full_name=objects.text(items.get(_NAME)),
        other_names=tuple(
            objects.text(item)
            for item in (others.children() if others else ())
            if item.tag == _OTHER_NAME
        ),
        personal_number=objects.text(items.get(_PERSONAL_NUMBER)),
        birth_date=objects.calendar_date(items.get(_BIRTH_DATE)),
        place_of_birth=objects.lines(items.get(_PLACE_OF_BIRTH)),
        address=objects.lines(items.get(_ADDRESS)),
        telephone=objects.text(items.get(_TELEPHONE)),
        profession=objects.text(items.get(_PROFESSION)),
        title=objects.text(items.get(_TITLE)),
        summary=objects.text(items.get(_SUMMARY)),
        other_document_numbers=objects.lines(items.get(_OTHER_NUMBERS)),
        custody=objects.text(items.get(_CUSTODY)),
    )


def build(details: Dg11) -> bytes:
    """Write DG11 of those details that are not empty."""
    return objects.build_data_group(
        11,
        objects.with_tag_list(
            {
                _NAME: details.full_name.encode(),
                _OTHER_NAMES: objects.instances(
                    _OTHER_NAME, (name.encode() for name in details.other_names)
                ),
                _PERSONAL_NUMBER: details.personal_number.encode(),
                _BIRTH_DATE: objects.date_text(details.birth_date),
                _PLACE_OF_BIRTH: "<".join(details.place_of_birth).encode(),
                _ADDRESS: "<".join(details.address).encode(),
                _TELEPHONE: details.telephone.encode(),
                _PROFESSION: details.profession.encode(),
                _TITLE: details.title.encode(),
                _SUMMARY: details.summary.encode(),
                _OTHER_NUMBERS: "<".join(details.other_document_numbers).encode(),
                _CUSTODY: details.custody.encode(),
            }
        ),
    )
