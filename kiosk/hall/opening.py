"""When a hall is open."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from config.hall_profile import HallProfile

_DAYS_AHEAD: Final = 60
"""Further than any run of holidays."""


def is_open(hall: HallProfile, now: datetime) -> bool:
    """Whether the hall is open; the minute of closing is no longer."""
    local = now.astimezone(ZoneInfo(hall.time_zone))
    return any(
        period.opens <= local.time() < period.closes
        for period in hall.opening_hours.periods_on(local.date())
    )


def next_opening(hall: HallProfile, now: datetime) -> datetime | None:
    """When the hall opens next, in its own time; None if not within the next 60 days."""
    zone = ZoneInfo(hall.time_zone)
    local = now.astimezone(zone)
    for offset in range(_DAYS_AHEAD):
        day = local.date() + timedelta(days=offset)
        for period in hall.opening_hours.periods_on(day):
            opens = datetime.combine(day, period.opens, zone)
            if opens > local:
                return opens
    return None
