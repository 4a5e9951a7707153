"""Invented reservations and visitors, for demonstrations and tests."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.hall.model import Ticket
from kiosk.server.desks import open_desk
from kiosk.server.hall import Hall
from kiosk.server.hall_server import HallServer
from kiosk.server.reservations import normal_code
from kiosk.server.schema import ReservationDocumentRow, ReservationRow, TicketRow
from kiosk.server.tickets import Wish, issue

_CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike."""
_APPOINTMENT: Final = timedelta(minutes=30)


class Booking(StrEnum):
    """What a visitor has booked, seen from the moment of seeding."""

    WALK_IN = "walk-in"
    """Nothing."""
    BOOKED = "booked"
    """A reservation in ten minutes."""
    SEVERAL = "several-reservations"
    """Two reservations for different services, both within their windows."""
    LATE = "late"
    """A reservation earlier today, past its window."""
    EARLY = "early"
    """A reservation later today, before its window."""
    OTHER_DAY = "wrong-day"
    """A reservation tomorrow."""
    OTHER_HALL = "wrong-hall"
    """A reservation now in another hall."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """An invented visitor: what is booked, and under which document, if under one."""

    booking: Booking
    document_keys: tuple[str, ...] = ()
    """Empty: the reservation is found by its code only."""
    service_ids: tuple[tuple[str, ...], ...] = ()
    """The services of each reservation; what is not given is chosen among those of the hall."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A reservation that was made up."""

    reservation_id: str
    hall_id: str
    service_ids: tuple[str, ...]
    starts_at: datetime
    code: str


def seed_reservations(
    server: HallServer, hall_id: str, visitors: Sequence[Visitor], now: datetime
) -> list[tuple[Seeded, ...]]:
    """Make up the visitors' reservations; for each visitor those that were made.

    Reservations of the same documents that no ticket was issued for are replaced. Shortly after
    midnight there is no earlier time today, and shortly before none later: then the nearest is
    taken, which may not be late or early enough.

    Args:
        server: the server, started or not.
        hall_id: the hall at which the visitors check in.
        visitors: who they are.
        now: the moment that late and early refer to.

    Raises:
        ValueError: a reservation in another hall is wanted, and the server has one only.
    """
    made = []
    with server.database.writing() as session:
        for position, visitor in enumerate(visitors):
            _forget_unused(session, visitor.document_keys)
            reservations = _plan(server, hall_id, visitor, position, now)
            for seeded in reservations:
                _add(session, seeded, visitor.document_keys)
            made.append(tuple(reservations))
    return made


def open_all_desks(server: HallServer, hall_id: str, now: datetime) -> None:
    """Open every desk of a hall."""
    hall = server.halls[hall_id]
    with server.database.writing() as session:
        for desk in hall.profile.desks:
            open_desk(session, hall, desk.id, now)


def seed_queue(server: HallServer, hall_id: str, people: int, now: datetime) -> list[Ticket]:
    """Let walk-ins without a document take tickets, one service after another."""
    hall = server.halls[hall_id]
    services = [
        service_id for service_id in hall.profile.services if hall.catalogue[service_id].walk_in
    ]
    tickets = []
    for person in range(people):
        wish = Wish((services[person % len(services)],), None, (), "zh")
        # as if they had come one after another, the last one a minute ago
        arrival = now - timedelta(minutes=people - person)
        with server.database.writing() as session:
            tickets.append(issue(session, hall, wish, arrival))
    return tickets


def _plan(
    server: HallServer, hall_id: str, visitor: Visitor, position: int, now: datetime
) -> list[Seeded]:
    hall = server.halls[hall_id]
    window = hall.profile.appointments
    minutes_from_now = {
        Booking.WALK_IN: (),
        Booking.BOOKED: (10,),
        Booking.SEVERAL: (10, window.early_minutes - 5),
        Booking.LATE: (-window.late_minutes - 25,),
        Booking.EARLY: (window.early_minutes + 90,),
        Booking.OTHER_DAY: (10,),
        Booking.OTHER_HALL: (10,),
    }[visitor.booking]
    times = [_within_today(hall, now, timedelta(minutes=minutes)) for minutes in minutes_from_now]
    if visitor.booking is Booking.OTHER_DAY:
        times = [moment + timedelta(days=1) for moment in times]
    if visitor.booking is Booking.OTHER_HALL:
        others = [other for other in server.halls.values() if other.id != hall_id]
        if not others:
            raise ValueError("the server has no other hall to make a reservation in")
        hall = others[0]
    offered = hall.profile.services
    planned = []
    for index, starts_at in enumerate(times):
        services = (
            visitor.service_ids[index]
            if index < len(visitor.service_ids)
            else (offered[(position + index) % len(offered)],)
        )
        planned.append(Seeded(uuid.uuid4().hex, hall.id, services, starts_at, _code()))
    return planned


def _within_today(hall: Hall, now: datetime, offset: timedelta) -> datetime:
    """A moment as far from now, on the full minute, but on the hall's same day."""
    local = hall.local(now)
    first = datetime.combine(local.date(), time.min, local.tzinfo)
    last = datetime.combine(local.date(), time(23, 59), local.tzinfo)
    return min(max((local + offset).replace(second=0, microsecond=0), first), last)


def _code() -> str:
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _add(session: Session, seeded: Seeded, document_keys: Sequence[str]) -> None:
    session.add(
        ReservationRow(
            id=seeded.reservation_id,
            hall_id=seeded.hall_id,
            service_ids=list(seeded.service_ids),
            starts_at=seeded.starts_at,
            ends_at=seeded.starts_at + _APPOINTMENT,
            code=normal_code(seeded.code),
        )
    )
    session.flush()
    session.add_all(
        ReservationDocumentRow(document_key=key, reservation_id=seeded.reservation_id)
        for key in document_keys
    )


def _forget_unused(session: Session, document_keys: Sequence[str]) -> None:
    used = select(TicketRow.reservation_id).where(TicketRow.reservation_id.is_not(None))
    old = session.scalars(
        select(ReservationDocumentRow.reservation_id).where(
            ReservationDocumentRow.document_key.in_(document_keys),
            ReservationDocumentRow.reservation_id.not_in(used),
        )
    ).all()
    session.execute(
        delete(ReservationDocumentRow).where(ReservationDocumentRow.reservation_id.in_(old))
    )
    session.execute(delete(ReservationRow).where(ReservationRow.id.in_(old)))
