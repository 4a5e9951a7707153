"""DG16: persons to notify (ICAO Doc 9303-10, section 4.7.16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from devices.chip import tlv
from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError

_FIRST_TEMPLATE: Final = 0xA1
_MAX_PERSONS: Final = 15
_RECORDED: Final = 0x5F50
_NAME: Final = 0x5F51
_TELEPHONE: Final = 0x5F52
_ADDRESS: Final = 0x5F53


@dataclass(frozen=True, slots=True, repr=False)
class PersonToNotify:
    """One person to notify in an emergency."""

    name: str
    recorded: date | None = None
    telephone: str = ""
    address: tuple[str, ...] = ()


def parse(data: bytes) -> tuple[PersonToNotify, ...]:
    """Read DG16.

    Raises:
        LdsError, TlvError: it is not that file.
    """
    outer = objects.open_data_group(16, data)
    templates = [
        item
        for item in outer.children()
        if _FIRST_TEMPLATE <= item.tag < _FIRST_TEMPLATE + _MAX_PERSONS
    ]
    stated = objects.count_of(outer, 16)
    if stated != len(templates):
        raise LdsError(f"DG16: {stated} persons are stated, {len(templates)} are there")
    return tuple(
        PersonToNotify(
            name=objects.text(template.get(_NAME)),
            recorded=objects.calendar_date(template.find(_RECORDED)),
            telephone=objects.text(template.find(_TELEPHONE)),
            address=objects.lines(template.find(_ADDRESS)),
        )
        for template in templates
    )


def build(persons: Iterable[PersonToNotify]) -> bytes:
    """Write DG16; raises LdsError when there are more persons than it has room for."""
    templates = [
        tlv.encode(_FIRST_TEMPLATE + index, _person(person)) for index, person in enumerate(persons)
    ]
    if len(templates) > _MAX_PERSONS:
        raise LdsError(f"DG16: has room for {_MAX_PERSONS} persons")
    count = tlv.encode(objects.COUNT, bytes((len(templates),)))
    return objects.build_data_group(16, [count, *templates])


def _person(person: PersonToNotify) -> bytes:
    values = (
        (_RECORDED, objects.date_text(person.recorded)),
        (_NAME, person.name.encode()),
        (_TELEPHONE, person.telephone.encode()),
        (_ADDRESS, "<".join(person.address).encode()),
    )
    return b"".join(tlv.encode(tag, value) for tag, value in values if value or tag == _NAME)
