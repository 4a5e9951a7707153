"""DG12: additional document details (ICAO Doc 9303-10, section 4.7.12)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from devices.chip.lds import objects

_AUTHORITY: Final = 0x5F19
_ISSUE_DATE: Final = 0x5F26
_OTHER_PERSONS: Final = 0xA0
_OTHER_PERSON: Final = 0x5F1A
_ENDORSEMENTS: Final = 0x5F1B
_TAX: Final = 0x5F1C
_FRONT: Final = 0x5F1D
_REAR: Final = 0x5F1E
_PERSONALISATION_TIME: Final = 0x5F55
_PERSONALISATION_DEVICE: Final = 0x5F56


@dataclass(frozen=True, slots=True, repr=False)
class Dg12:
    """Details of the document; whatever a state does not record is empty."""

    authority: str = ""
    issue_date: date | None = None
    other_persons: tuple[str, ...] = ()
    endorsements: str = ""
    tax_or_exit: str = ""
    front: bytes = b""
    """Picture of the front side."""
    rear: bytes = b""
    personalisation_time: str = ""
    """``YYYYMMDDhhmmss``."""
    personalisation_device: str = ""


def parse(data: bytes) -> Dg12:
    """Read DG12; objects that the standard does not know are passed over.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    outer = objects.open_data_group(12, data)
    items = {item.tag: item for item in outer.children()}
    others = items.get(_OTHER_PERSONS)
    front, rear, time = (items.get(tag) for tag in (_FRONT, _REAR, _PERSONALISATION_TIME))
    return Dg12(
        authority=objects.text(items.get(_AUTHORITY)),
        issue_date=objects.calendar_date(items.get(_ISSUE_DATE)),
        other_persons=tuple(
            objects.text(item)
            for item in (others.children() if others else ())
            if item.tag == _OTHER_PERSON
        ),
        endorsements=objects.text(items.get(_ENDORSEMENTS)),
        tax_or_exit=objects.text(items.get(_TAX)),
        front=front.value if front else b"",
        rear=rear.value if rear else b"",
        # BCD as older editions had it, or text
        personalisation_time=(
            time.value.hex() if time and len(time.value) == 7 else objects.text(time)
        ),
        personalisation_device=objects.text(items.get(_PERSONALISATION_DEVICE)),
    )


def build(details: Dg12) -> bytes:
    """Write DG12 of those details that are not empty."""
    return objects.build_data_group(
        12,
        objects.with_tag_list(
            {
                _AUTHORITY: details.authority.encode(),
                _ISSUE_DATE: objects.date_text(details.issue_date),
                _OTHER_PERSONS: objects.instances(
                    _OTHER_PERSON, (name.encode() for name in details.other_persons)
                ),
                _ENDORSEMENTS: details.endorsements.encode(),
                _TAX: details.tax_or_exit.encode(),
                _FRONT: details.front,
                _REAR: details.rear,
                _PERSONALISATION_TIME: details.personalisation_time.encode(),
                _PERSONALISATION_DEVICE: details.personalisation_device.encode(),
            }
        ),
    )
