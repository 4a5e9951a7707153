"""Dates with two-digit years and unknown parts (ICAO Doc 9303-3, section 4.8)."""

from datetime import date

from devices.documents.identity import PartialDate
from devices.documents.mrz.checkdigit import FILLER

EXPIRED_YEARS = 50
"""Where the hundred years of the expiry window begin: half of them past, half to come."""

_UNKNOWN = FILLER * 2


class DateError(ValueError):
    """The six characters are no date; the text says why."""


def parse_birth_date(text: str, latest: date) -> PartialDate:
    """Return the latest date that ``text`` (YYMMDD) can mean and that is not after ``latest``.

    Unknown parts are fillers; ``00`` for month or day is taken as unknown too, as some states print
    it. Raises DateError.
    """
    year_text, month, day = _parts(text, zero_is_unknown=True)
    if year_text is None:
        _check_month_and_day(month, day)
        return PartialDate(None, month, day)
    newest = latest.year - (latest.year - year_text) % 100
    for year in (newest, newest - 100):
        if _exists(year, month, day) and _first_day(year, month, day) <= latest:
            return PartialDate(year, month, day)
    raise DateError("there is no such day")


def parse_expiry_date(text: str, today: date) -> date | None:
    """Return the date of ``text`` (YYMMDD), None for fillers; raises DateError.

    The year is within the hundred years that begin `EXPIRED_YEARS` ago.
    """
    if text == FILLER * 6:
        return None
    year_text, month, day = _parts(text, zero_is_unknown=False)
    if year_text is None or month is None or day is None:
        raise DateError("an expiry date cannot be partly unknown")
    first = today.year - EXPIRED_YEARS
    year = first + (year_text - first) % 100
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError("there is no such day") from None


def format_date(value: PartialDate | date | None) -> str:
    """Return YYMMDD, with fillers for what is unknown."""
    if value is None:
        return FILLER * 6
    parts = (value.year, value.month, value.day)
    return "".join(_UNKNOWN if part is None else f"{part % 100:02d}" for part in parts)


def _parts(text: str, *, zero_is_unknown: bool) -> tuple[int | None, int | None, int | None]:
    numbers: list[int | None] = []
    for index, pair in enumerate((text[0:2], text[2:4], text[4:6])):
        if pair == _UNKNOWN or (pair == "00" and index > 0 and zero_is_unknown):
            numbers.append(None)
        elif pair.isascii() and pair.isdigit():
            numbers.append(int(pair))
        else:
            raise DateError("year, month and day are two digits each, or two fillers when unknown")
    return numbers[0], numbers[1], numbers[2]


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _check_month_and_day(month: int | None, day: int | None) -> None:
    if not _exists(2000, month, day):  # a leap year: the 29th of February may be meant
        raise DateError("there is no such day")


def _first_day(year: int, month: int | None, day: int | None) -> date:
    return date(year, month or 1, day or 1)
