"""Reservations and tickets as kiosk and hall server speak of them. No personal data."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation made beforehand ('reservation with one click')."""

    id: str
    hall_id: str
    service_ids: tuple[str, ...]
    """More than one for a joint application."""
    starts_at: datetime
    """Time of the appointment, with time zone."""
    ends_at: datetime
    ticket_number: str | None = None
    """Number of the live ticket where the visitor has checked in already, e.g. ``A 012``."""


class TicketState(StrEnum):
    """What has become of a ticket."""

    ISSUED = "issued"
    PRINTED = "printed"
    VOID = "void"
    CALLED = "called"
    SERVED = "served"
    NO_SHOW = "no-show"
    """It was called, and nobody came."""


LIVE_STATES: Final = frozenset({TicketState.ISSUED, TicketState.PRINTED, TicketState.CALLED})
"""States in which a ticket stands for its visitor, so that there may be no second one."""


@dataclass(frozen=True, slots=True)
class WaitRange:
    """The wait to be expected, in whole minutes: a range, since one figure would be a promise."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that the hall server has issued."""

    id: str
    hall_id: str
    number: str
    """Series and number as people read and call it, e.g. ``A 012``."""
    business_date: date
    service_ids: tuple[str, ...]
    zone_id: str
    desk_id: str | None
    """The desk to go to now; None: wait in the zone until the number is called."""
    people_ahead: int
    wait: WaitRange
    issued_at: datetime
    reservation_id: str | None = None
    copy: int = 0
    """0 is the original, n the n-th copy, all with the same number."""


@dataclass(frozen=True, slots=True)
class ServiceLoad:
    """How busy a service is now."""

    service_id: str
    people_waiting: int
    wait: WaitRange
    open_desks: int
