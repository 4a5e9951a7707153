"""Where a reservation stands against the hall and the moment."""

from datetime import UTC, datetime, timedelta

import pytest

from config.loading import load_catalogue, load_hall
from kiosk.hall.appointments import Timeliness, timeliness, window_opens
from kiosk.hall.model import Reservation

HALL = load_hall("urban", load_catalogue())  # 30 minutes early, 15 late, UTC+8
APPOINTMENT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # ten o'clock in the hall


def reservation(starts_at: datetime = APPOINTMENT, hall_id: str = "urban") -> Reservation:
    return Reservation("r1", hall_id, ("enquiry",), starts_at, starts_at + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-31, Timeliness.EARLY),
        (-30, Timeliness.ON_TIME),
        (0, Timeliness.ON_TIME),
        (15, Timeliness.ON_TIME),
        (16, Timeliness.LATE),
        (-24 * 60, Timeliness.OTHER_DAY),
        (24 * 60, Timeliness.OTHER_DAY),
    ],
)
def test_both_ends_of_the_window_belong_to_it(minutes: int, expected: Timeliness) -> None:
    now = APPOINTMENT + timedelta(minutes=minutes)
    assert timeliness(reservation(), HALL, now) is expected


def test_the_day_is_the_halls_own() -> None:
    # 23:30 and 00:30 in Shanghai are one day in UTC
    evening = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
    after_midnight = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    assert timeliness(reservation(evening), HALL, after_midnight) is Timeliness.OTHER_DAY
    morning = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert timeliness(reservation(APPOINTMENT), HALL, morning) is Timeliness.EARLY


def test_another_hall_goes_before_another_day() -> None:
    elsewhere = reservation(hall_id="station")
    assert timeliness(elsewhere, HALL, APPOINTMENT) is Timeliness.OTHER_HALL
    assert timeliness(elsewhere, HALL, APPOINTMENT + timedelta(days=3)) is Timeliness.OTHER_HALL


def test_early_ends_when_the_window_opens() -> None:
    opens = window_opens(reservation(), HALL)
    assert timeliness(reservation(), HALL, opens) is Timeliness.ON_TIME
    just_before = opens - timedelta(seconds=1)
    assert timeliness(reservation(), HALL, just_before) is Timeliness.EARLY
