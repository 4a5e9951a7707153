"""Issuing tickets, and what becomes of them."""

import re
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.hall.appointments import Timeliness, timeliness
from kiosk.hall.diversion import Waiting, desk_at_once, due_time, zone_to_wait_in
from kiosk.hall.model import (
    LIVE_STATES,
    Reservation,
    ServiceLoad,
    Ticket,
    TicketNow,
    TicketState,
    WaitRange,
)
from kiosk.hall.services import Handling, NotOfferedError, handling
from kiosk.hall.waiting import people_ahead, wait_range
from kiosk.server.database import lock_hall
from kiosk.server.hall import Hall
from kiosk.server.problem import ProblemError
from kiosk.server.queue import (
    Queue,
    live_ticket_of,
    load_queue,
    reservation_claim,
    to_ticket,
    to_ticket_now,
    waiting,
)
from kiosk.server.schema import ClaimRow, CounterRow, DeskRow, ReservationRow, TicketRow

_TICKET: TypeAdapter[Ticket] = TypeAdapter(Ticket)
_ALL_SERIES: Final = "*"
_NUMBER: Final = re.compile(r"([A-Z])[ -]?([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a kiosk asks for."""

    service_ids: tuple[str, ...]
    reservation_id: str | None
    document_keys: tuple[str, ...]
    language: str


def issue(session: Session, hall: Hall, wish: Wish, now: datetime) -> Ticket:
    """Issue a ticket.

    Raises:
        ProblemError: why there will be none.
    """
    lock_hall(session, hall.id)
    how = _handling(hall, wish)
    appointment = _appointment(session, hall, wish, now)
    if wish.reservation_id is None and not how.walk_in:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            problems.RESERVATION_NEEDED,
            "This service is by reservation only.",
        )
    claims = _claims(wish, how, hall.business_date(now))
    _refuse_second_ticket(session, hall, claims)
    row = _new_row(session, hall, wish, how, now)
    row.due_at = due_time(now, appointment)
    _divert(row, load_queue(session, hall, now))
    session.add(row)
    session.flush()
    session.add_all(ClaimRow(hall_id=hall.id, claim=claim, ticket_id=row.id) for claim in claims)
    if row.desk_id is not None:
        session.execute(
            update(DeskRow)
            .where(DeskRow.hall_id == hall.id, DeskRow.id == row.desk_id)
            .values(ticket_id=row.id, since=now)
        )
    session.flush()
    return to_ticket(row, hall)


def report(session: Session, hall: Hall, ticket_id: str, state: TicketState, now: datetime) -> None:
    """Take a kiosk's word that a ticket is printed or void. Telling it again changes nothing.

    Raises:
        ProblemError: the ticket is not known, or has gone further already.
    """
    lock_hall(session, hall.id)
    row = get_ticket(session, hall, ticket_id)
    match state, row.state:
        case TicketState.PRINTED, TicketState.ISSUED:
            row.state = TicketState.PRINTED
        case TicketState.PRINTED, TicketState.VOID:
            raise _wrong_state("The ticket is void already.")
        case TicketState.PRINTED, _:
            pass  # called or served before the report came
        case TicketState.VOID, old if old in LIVE_STATES:
            end_ticket(session, hall, row, TicketState.VOID, now)
        case TicketState.VOID, TicketState.VOID:
            pass
        case _:
            raise _wrong_state("The ticket has gone further already.")


def end_ticket(
    session: Session, hall: Hall, row: TicketRow, state: TicketState, now: datetime
) -> None:
    """Bring a ticket to its end: its claims are given up, and its desk is free."""
    row.state = state
    row.ended_at = now
    session.execute(
        delete(ClaimRow).where(ClaimRow.hall_id == hall.id, ClaimRow.ticket_id == row.id)
    )
    session.execute(
        update(DeskRow)
        .where(DeskRow.hall_id == hall.id, DeskRow.ticket_id == row.id)
        .values(ticket_id=None, since=now)
    )
    if state is TicketState.SERVED and row.reservation_id is not None:
        session.get_one(ReservationRow, row.reservation_id).fulfilled = True


def get_ticket(session: Session, hall: Hall, ticket_id: str) -> TicketRow:
    """A ticket of this hall.

    Raises:
        ProblemError: there is none with this id.
    """
    row = session.get(TicketRow, ticket_id)
    if row is None or row.hall_id != hall.id:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, problems.TICKET_UNKNOWN, "There is no such ticket in this hall."
        )
    return row


def find_tickets(session: Session, hall: Hall, number: str, now: datetime) -> tuple[TicketNow, ...]:
    """Today's ticket with a number, however it is typed; nothing where there is none."""
    match = _NUMBER.fullmatch(number.strip().upper())
    if match is None:
        return ()
    rows = session.scalars(
        select(TicketRow).where(
            TicketRow.hall_id == hall.id,
            TicketRow.business_date == hall.business_date(now),
            TicketRow.series == match[1],
            TicketRow.number == int(match[2]),
        )
    )
    return tuple(to_ticket_now(row, hall) for row in rows)


def service_loads(session: Session, hall: Hall, now: datetime) -> tuple[ServiceLoad, ...]:
    """How busy each service is for a walk-in who comes now, in the order of the profile."""
    queue = load_queue(session, hall, now)
    loads = []
    for service_id in hall.profile.services:
        how = handling((service_id,), hall.profile, hall.catalogue)
        due = due_time(now, None)
        newcomer = Waiting("newcomer", how.needs, due, how.minutes, order=sys.maxsize)
        free = desk_at_once(newcomer, queue.desks, queue.waiting)
        loads.append(
            ServiceLoad(
                service_id,
                sum(one.needs == how.needs for one in queue.waiting),
                WaitRange(0, 0)
                if free
                else wait_range(newcomer, queue.desks, queue.waiting, queue.expected),
                sum(desk.is_open and desk.can(how.needs) for desk in queue.desks),
            )
        )
    return tuple(loads)


def _handling(hall: Hall, wish: Wish) -> Handling:
    try:
        return handling(wish.service_ids, hall.profile, hall.catalogue)
    except NotOfferedError as error:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            problems.SERVICE_NOT_OFFERED,
            "This hall does not offer these services.",
            members={"detail": str(error)},
        ) from None


def _appointment(session: Session, hall: Hall, wish: Wish, now: datetime) -> datetime | None:
    """The time of the appointment that was kept; None for a walk-in and for who comes late."""
    if wish.reservation_id is None:
        return None
    row = session.get(ReservationRow, wish.reservation_id)
    if row is None or row.fulfilled:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, problems.RESERVATION_UNKNOWN, "There is no such open reservation."
        )
    if set(row.service_ids) != set(wish.service_ids):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            problems.RESERVATION_OTHER_SERVICE,
            "The reservation is for other services.",
        )
    reservation = Reservation(
        row.id, row.hall_id, tuple(row.service_ids), row.starts_at, row.ends_at
    )
    match timeliness(reservation, hall.profile, now):
        case Timeliness.OTHER_HALL:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                problems.RESERVATION_OTHER_HALL,
                "The reservation is for another hall.",
            )
        case Timeliness.OTHER_DAY:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                problems.RESERVATION_OTHER_DAY,
                "The reservation is for another day.",
            )
        case Timeliness.EARLY:
            raise ProblemError(
                HTTPStatus.CONFLICT,
                problems.RESERVATION_TOO_EARLY,
                "The reservation cannot be checked in yet.",
            )
        case Timeliness.LATE:
            return None
        case Timeliness.ON_TIME:
            return row.starts_at


def _claims(wish: Wish, how: Handling, day: date) -> list[str]:
    claims = [
        f"document:{key}:{'+'.join(sorted(how.needs))}:{day}" for key in set(wish.document_keys)
    ]
    if wish.reservation_id is not None:
        claims.append(reservation_claim(wish.reservation_id))
    return claims


def _refuse_second_ticket(session: Session, hall: Hall, claims: Sequence[str]) -> None:
    live = live_ticket_of(session, hall, claims) if claims else None
    if live is not None:
        ticket: dict[str, Any] = _TICKET.dump_python(to_ticket(live, hall), mode="json")
        raise ProblemError(
            HTTPStatus.CONFLICT,
            problems.ALREADY_HAS_TICKET,
            "There is a ticket already.",
            members={"ticket": ticket},
        )


def _new_row(session: Session, hall: Hall, wish: Wish, how: Handling, now: datetime) -> TicketRow:
    day = hall.business_date(now)
    return TicketRow(
        id=uuid.uuid4().hex,
        hall_id=hall.id,
        business_date=day,
        series=how.series,
        number=_next_number(session, hall, day, how.series),
        order=_next_number(session, hall, day, _ALL_SERIES),
        state=TicketState.ISSUED,
        service_ids=list(how.service_ids),
        needs=sorted(how.needs),
        minutes=how.minutes,
        issued_at=now,
        reservation_id=wish.reservation_id,
        language=wish.language,
    )


def _next_number(session: Session, hall: Hall, day: date, series: str) -> int:
    """The next number of a series; the hall's lock keeps others from taking the same."""
    counter = session.get(CounterRow, (hall.id, day, series))
    if counter is None:
        counter = CounterRow(hall_id=hall.id, business_date=day, series=series, last=0)
        session.add(counter)
    counter.last += 1
    return counter.last


def _divert(row: TicketRow, queue: Queue) -> None:
    """Name the desk that is free for the ticket, or the zone and the wait."""
    newcomer = waiting(row)
    desk = desk_at_once(newcomer, queue.desks, queue.waiting)
    if desk is not None:
        row.desk_id, row.zone_id = desk.id, desk.zone_id
        row.people_ahead = row.wait_low = row.wait_high = 0
        return
    row.desk_id, row.zone_id = None, zone_to_wait_in(newcomer.needs, queue.desks)
    row.people_ahead = people_ahead(newcomer, queue.desks, queue.waiting)
    wait = wait_range(newcomer, queue.desks, queue.waiting, queue.expected)
    row.wait_low, row.wait_high = wait.low, wait.high


def _wrong_state(title: str) -> ProblemError:
    return ProblemError(HTTPStatus.CONFLICT, problems.TICKET_STATE, title)
