"""Two-digit years: births lie in the past, expiry dates within fifty years of today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.documents.identity import PartialDate
from devices.documents.mrz.dates import (
    DateError,
    format_date,
    parse_birth_date,
    parse_expiry_date,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("740812", PartialDate(1974, 8, 12)),
        ("261121", PartialDate(2026, 11, 21)),
        ("261122", PartialDate(1926, 11, 22)),
        ("270101", PartialDate(1927, 1, 1)),
        ("000229", PartialDate(2000, 2, 29)),
        ("240229", PartialDate(2024, 2, 29)),
        ("2612<<", PartialDate(1926, 12)),
        ("26<<<<", PartialDate(2026)),
        ("85<<12", PartialDate(1985, None, 12)),
        ("8500<<", PartialDate(1985)),
        ("850000", PartialDate(1985)),
        ("<<<<<<", PartialDate(None)),
        ("<<0229", PartialDate(None, 2, 29)),
    ],
)
def test_birth_date(text: str, expected: PartialDate) -> None:
    assert parse_birth_date(text, TODAY) == expected


def test_birth_lies_before_the_documents_own_expiry() -> None:
    assert parse_birth_date("150101", date(2012, 4, 15)) == PartialDate(1915, 1, 1)


@pytest.mark.parametrize("text", ["741301", "740230", "7408٣٢", "9<0101", "<<1332", "290229"])
def test_no_birth_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_birth_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("320415", date(2032, 4, 15)),
        ("950712", date(1995, 7, 12)),
        ("750101", date(2075, 1, 1)),
        ("761231", date(1976, 12, 31)),
        ("<<<<<<", None),
    ],
)
def test_expiry_date(text: str, expected: date | None) -> None:
    assert parse_expiry_date(text, TODAY) == expected


@given(st.dates(date(1930, 1, 1), date(2100, 1, 1)), st.dates(date(1980, 1, 1), date(2060, 1, 1)))
def test_births_within_a_hundred_years_come_back(birth: date, today: date) -> None:
    if not date(today.year - 99, 1, 1) <= birth <= today:
        return
    text = format_date(birth)
    assert parse_birth_date(text, today) == PartialDate(birth.year, birth.month, birth.day)


@given(st.dates(date(1990, 1, 1), date(2070, 1, 1)))
def test_expiry_dates_within_the_window_come_back(expiry: date) -> None:
    assert parse_expiry_date(format_date(expiry), TODAY) == expiry
