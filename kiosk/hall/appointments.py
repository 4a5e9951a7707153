"""Where a reservation stands against this hall and this moment."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.hall_profile import HallProfile
from kiosk.hall.model import Reservation


class Timeliness(StrEnum):
    """What a reservation is to a visitor who checks in here and now."""

    ON_TIME = "onTime"
    EARLY = "early"
    """Today and here, but its window has not opened."""
    LATE = "late"
    """Today and here, but past its window: it goes to the walk-in queue."""
    OTHER_DAY = "otherDay"
    OTHER_HALL = "otherHall"


def timeliness(reservation: Reservation, hall: HallProfile, now: datetime) -> Timeliness:
    """Judge a reservation by the hall's appointment window, on the hall's own calendar.

    Both ends of the window belong to it.
    """
    if reservation.hall_id != hall.id:
        return Timeliness.OTHER_HALL
    zone = ZoneInfo(hall.time_zone)
    if reservation.starts_at.astimezone(zone).date() != now.astimezone(zone).date():
        return Timeliness.OTHER_DAY
    if now < window_opens(reservation, hall):
        return Timeliness.EARLY
    if now > reservation.starts_at + timedelta(minutes=hall.appointments.late_minutes):
        return Timeliness.LATE
    return Timeliness.ON_TIME


def window_opens(reservation: Reservation, hall: HallProfile) -> datetime:
    """The moment from which the reservation can be checked in."""
    return reservation.starts_at - timedelta(minutes=hall.appointments.early_minutes)
