"""The queue of a hall as it stands in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.hall_profile import Desk
from kiosk.hall.diversion import DeskNow, Waiting, due_time
from kiosk.hall.model import LIVE_STATES, Ticket, TicketNow, TicketState, WaitRange
from kiosk.hall.services import Handling, NotOfferedError, handling
from kiosk.hall.waiting import Expected
from kiosk.server.hall import Hall
from kiosk.server.schema import ClaimRow, DeskRow, ReservationRow, TicketRow

_LOOK_AHEAD: Final = timedelta(hours=3)
"""Booked visitors who come later than that do not lengthen anybody's wait now."""
_STILL_NEEDED: Final = 0.25
"""Part of the typical time that a visitor is taken to need at least, however long it took."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that diversion looks at."""

    desks: tuple[DeskNow, ...]
    waiting: tuple[Waiting, ...]
    expected: tuple[Expected, ...]


def load_queue(session: Session, hall: Hall, now: datetime) -> Queue:
    """The hall's queue at a moment."""
    return Queue(
        tuple(load_desks(session, hall, now)),
        tuple(waiting(row) for row in waiting_rows(session, hall, now)),
        tuple(_expected(session, hall, now)),
    )


def load_desks(session: Session, hall: Hall, now: datetime) -> list[DeskNow]:
    """The hall's desks in the order of its profile."""
    rows = {
        row.id: (row, minutes)
        for row, minutes in session.execute(
            select(DeskRow, TicketRow.minutes)
            .join(TicketRow, TicketRow.id == DeskRow.ticket_id, isouter=True)
            .where(DeskRow.hall_id == hall.id)
        )
    }
    return [_desk_now(desk, *rows[desk.id], now) for desk in hall.profile.desks]


def waiting_rows(session: Session, hall: Hall, now: datetime) -> Sequence[TicketRow]:
    """Today's tickets that wait to be called, in the order of issue."""
    return session.scalars(
        select(TicketRow)
        .where(
            TicketRow.hall_id == hall.id,
            TicketRow.business_date == hall.business_date(now),
            TicketRow.state.in_([TicketState.ISSUED, TicketState.PRINTED]),
            TicketRow.desk_id.is_(None),
        )
        .order_by(TicketRow.order)
    ).all()


def waiting(row: TicketRow) -> Waiting:
    """A ticket as diversion sees it."""
    return Waiting(
        row.id,
        frozenset(row.needs),
        row.due_at,
        row.minutes,
        order=row.order,
    )


def to_ticket(row: TicketRow, hall: Hall) -> Ticket:
    """A ticket as the kiosk is told of it."""
    return Ticket(
        id=row.id,
        hall_id=row.hall_id,
        number=row.display_number,
        business_date=row.business_date,
        service_ids=tuple(row.service_ids),
        zone_id=row.zone_id,
        desk_id=row.desk_id,
        people_ahead=row.people_ahead,
        wait=WaitRange(row.wait_low, row.wait_high),
        issued_at=hall.local(row.issued_at),
        reservation_id=row.reservation_id,
    )


def to_ticket_now(row: TicketRow, hall: Hall) -> TicketNow:
    """A ticket with what has become of it."""
    ticket = to_ticket(row, hall)
    told = {field.name: getattr(ticket, field.name) for field in fields(ticket)}
    return TicketNow(**told, state=TicketState(row.state))


def live_ticket_of(session: Session, hall: Hall, claims: Sequence[str]) -> TicketRow | None:
    """The live ticket that stands for one of these claims."""
    return session.scalars(
        select(TicketRow)
        .join(ClaimRow, ClaimRow.ticket_id == TicketRow.id)
        .where(ClaimRow.hall_id == hall.id, ClaimRow.claim.in_(claims))
        .order_by(TicketRow.issued_at)
        .limit(1)
    ).first()


def reservation_claim(reservation_id: str) -> str:
    """What a live ticket claims of a reservation."""
    return f"reservation:{reservation_id}"


def _desk_now(desk: Desk, row: DeskRow, minutes: int | None, now: datetime) -> DeskNow:
    """A desk at which there is a ticket of so many minutes, or None."""
    busy = None
    if minutes is not None:
        spent = (now - row.since).total_seconds() / 60
        busy = max(minutes - spent, minutes * _STILL_NEEDED)
    return DeskNow(desk.id, desk.zone, frozenset(desk.services), row.is_open, busy, row.since)


def _expected(session: Session, hall: Hall, now: datetime) -> list[Expected]:
    """Booked visitors who are still to come in time, as far ahead as it matters."""
    rows = session.execute(
        select(ReservationRow.id, ReservationRow.service_ids, ReservationRow.starts_at)
        .where(
            ReservationRow.hall_id == hall.id,
            ReservationRow.starts_at > now,
            ReservationRow.starts_at < now + _LOOK_AHEAD,
            ReservationRow.fulfilled.is_(False),
            ~select(TicketRow.id)
            .where(
                TicketRow.reservation_id == ReservationRow.id,
                TicketRow.state.in_(LIVE_STATES),
            )
            .exists(),
        )
        .order_by(ReservationRow.starts_at)
    )
    handlings: dict[tuple[str, ...], Handling | None] = {}
    found = []
    for reservation_id, services, starts_at in rows:
        wanted = tuple(services)
        if wanted not in handlings:
            handlings[wanted] = _handling_or_none(hall, wanted)
        how = handlings[wanted]
        if how is not None:
            due = due_time(starts_at, starts_at)
            ticket = Waiting(reservation_id, how.needs, due, how.minutes)
            found.append(Expected(ticket, (starts_at - now).total_seconds() / 60))
    return found


def _handling_or_none(hall: Hall, services: tuple[str, ...]) -> Handling | None:
    """How services are handled; None for what the hall has stopped offering."""
    try:
        return handling(services, hall.profile, hall.catalogue)
    except NotOfferedError:
        return None
