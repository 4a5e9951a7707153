"""Machine readable zones made up by hypothesis."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from devices.documents.identity import PartialDate, Sex
from devices.documents.mrz import Field, Format, MrzFields
from devices.documents.mrz.layout import LAYOUTS
from devices.documents.states import StateKind, states

TODAY = date(2026, 11, 21)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALNUM = LETTERS + "0123456789"
CODES = sorted(code for code, state in states().items() if state.kind is not StateKind.WITHDRAWN)

words = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4).map(" ".join)


def inner_fillers(length: int) -> st.SearchStrategy[str]:
    """Optional data: fillers inside, none at the end."""
    return st.text(ALNUM + "<", max_size=length).map(lambda text: text.rstrip("<"))


@st.composite
def births(draw: st.DrawFn, expiry: date | None) -> PartialDate:
    latest = min(TODAY, expiry) if expiry else TODAY
    day = latest - timedelta(days=draw(st.integers(400, 99 * 365)))
    known_month, known_day = draw(st.booleans()), draw(st.booleans())
    if draw(st.integers(0, 9)) == 0:
        return PartialDate(None, None, None)
    return PartialDate(
        day.year, day.month if known_month else None, day.day if known_day and known_month else None
    )


@st.composite
def zones(draw: st.DrawFn, formats: tuple[Format, ...] = tuple(Format)) -> tuple[Format, MrzFields]:
    """A format and fields that fit it, names included (so that nothing is cut)."""
    format_ = draw(st.sampled_from(formats))
    layout = LAYOUTS[format_]
    numbers: st.SearchStrategy[str] = st.text(ALNUM, min_size=1, max_size=9)
    optional_room = layout.fields[Field.OPTIONAL_DATA].length
    if layout.long_numbers and draw(st.booleans()):
        numbers = st.text(ALNUM, min_size=10, max_size=9 + optional_room - 2)
    number = draw(numbers)
    if len(number) > 9:
        optional_room -= len(number) - 9 + 2
    expiry: date | None = TODAY + timedelta(days=draw(st.integers(-49 * 365, 49 * 365)))
    if format_ in {Format.TD1, Format.TD2} and draw(st.integers(0, 9)) == 0:
        expiry = None
    name_room = layout.fields[Field.NAME].length
    primary = draw(words.filter(lambda w: len(w) <= name_room))
    rest = name_room - len(primary) - 2
    secondary = ""
    if rest > 0 and draw(st.booleans()):
        secondary = draw(words)[:rest].strip()
    extra: dict[str, Any] = {}
    if format_ is Format.TD1:
        extra["optional_data_2"] = draw(inner_fillers(11))
    fields = MrzFields(
        document_code=draw(st.sampled_from(layout.document_codes))
        + draw(st.sampled_from(["", "A", "P", "1"])),
        issuing_state=draw(st.sampled_from(CODES)),
        document_number=number,
        nationality=draw(st.sampled_from(CODES)),
        primary_identifier=primary,
        secondary_identifier=secondary,
        birth_date=draw(births(expiry)),
        sex=draw(st.sampled_from(Sex)),
        expiry_date=expiry,
        optional_data=draw(inner_fillers(optional_room)),
        **extra,
    )
    return format_, fields
