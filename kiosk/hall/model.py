"""Reservations and tickets as kiosk and hall server speak of them. No personal data.

These are also the messages between the two: the limits in the types hold where one is read from
JSON (RFC 8259), with dates and times after RFC 3339.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, StringConstraints

from config.catalogue import ServiceId
from config.hall_profile import DeskId, HallId, ZoneId

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Identifier without a meaning of its own."""
TicketNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z] [0-9]{3,5}$")]
"""Series and number as people read and call it, e.g. ``A 012``."""
Services = Annotated[tuple[ServiceId, ...], Field(min_length=1, max_length=8)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
People = Annotated[int, Field(ge=0, le=100_000)]


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation made beforehand ('reservation with one click')."""

    id: Id
    hall_id: HallId
    service_ids: Services
    """More than one for a joint application."""
    starts_at: AwareDatetime
    """Time of the appointment, with time zone."""
    ends_at: AwareDatetime
    ticket_number: TicketNumber | None = None
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

    low: Minutes
    high: Minutes


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that the hall server has issued."""

    id: Id
    hall_id: HallId
    number: TicketNumber
    business_date: date
    service_ids: Services
    zone_id: ZoneId
    desk_id: DeskId | None
    """The desk to go to now; None: wait in the zone until the number is called."""
    people_ahead: People
    wait: WaitRange
    issued_at: AwareDatetime
    reservation_id: Id | None = None
    copy: Annotated[int, Field(ge=0, le=99)] = 0
    """0 is the original, n the n-th copy, all with the same number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNow(Ticket):
    """A ticket, and what has become of it."""

    state: TicketState


@dataclass(frozen=True, slots=True)
class ServiceLoad:
    """How busy a service is now."""

    service_id: ServiceId
    people_waiting: People
    wait: WaitRange
    open_desks: People
