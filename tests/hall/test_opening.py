"""When a hall is open."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from config.loading import load_catalogue, load_hall
from kiosk.hall.opening import is_open, next_opening

HALL = load_hall("urban", load_catalogue())
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in the hall; the second is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2, 8, 59), False),
        (at(2, 9), True),
        (at(2, 11, 59), True),
        (at(2, 12), False),
        (at(2, 13, 30), True),
        (at(2, 17), False),
        (at(7, 15), True),
        (at(8, 10), False),
    ],
)
def test_a_hall_is_open_within_its_periods(moment: datetime, expected: bool) -> None:
    assert is_open(HALL, moment) is expected
    assert is_open(HALL, moment.astimezone(UTC)) is expected


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(2, 7), at(2, 9)),
        (at(2, 12, 10), at(2, 13, 30)),
        (at(2, 9), at(2, 13, 30)),
        (at(7, 16), at(9, 9)),
        (at(8, 10), at(9, 9)),
    ],
)
def test_the_next_opening_is_the_next_period(moment: datetime, opens: datetime) -> None:
    assert next_opening(HALL, moment) == opens


def test_holidays_are_closed_whatever_the_weekday() -> None:
    hours = HALL.opening_hours.model_copy(update={"closed_on": (date(2026, 3, 2),)})
    hall = HALL.model_copy(update={"opening_hours": hours})
    assert not is_open(hall, at(2, 10))
    assert next_opening(hall, at(1, 20)) == at(3, 9)


def test_a_hall_that_stays_closed_has_no_next_opening() -> None:
    hours = HALL.opening_hours.model_copy(
        update=dict.fromkeys(type(HALL.opening_hours).model_fields, ())
    )
    hall = HALL.model_copy(update={"opening_hours": hours})
    assert next_opening(hall, at(2, 10)) is None
