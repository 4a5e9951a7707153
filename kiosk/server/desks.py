"""The desk side: open and close a desk, call the next visitor, finish with one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.hall.diversion import next_for
from kiosk.hall.model import Ticket, TicketState
from kiosk.server.database import lock_hall
from kiosk.server.hall import Hall
from kiosk.server.problem import ProblemError
from kiosk.server.queue import load_desks, to_ticket, waiting, waiting_rows
from kiosk.server.schema import DeskRow, TicketRow
from kiosk.server.tickets import end_ticket


class DeskState(StrEnum):
    """What a desk is doing."""

    CLOSED = "closed"
    FREE = "free"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """A desk as staff see it."""

    id: str
    zone_id: str
    service_ids: tuple[str, ...]
    state: DeskState
    ticket_number: str | None
    since: datetime


def desk_statuses(session: Session, hall: Hall) -> tuple[DeskStatus, ...]:
    """All desks of the hall in the order of its profile."""
    return tuple(desk_status(session, hall, desk.id) for desk in hall.profile.desks)


def desk_status(session: Session, hall: Hall, desk_id: str) -> DeskStatus:
    """One desk.

    Raises:
        ProblemError: the hall has no such desk.
    """
    row = _row(session, hall, desk_id)
    desk = next(desk for desk in hall.profile.desks if desk.id == desk_id)
    ticket = session.get(TicketRow, row.ticket_id) if row.ticket_id else None
    if ticket is not None:
        state = DeskState.BUSY
    else:
        state = DeskState.FREE if row.is_open else DeskState.CLOSED
    return DeskStatus(
        desk.id,
        desk.zone,
        desk.services,
        state,
        ticket.display_number if ticket else None,
        hall.local(row.since),
    )


def open_desk(session: Session, hall: Hall, desk_id: str, now: datetime) -> None:
    """Open a desk; harmless when it is open.

    Raises:
        ProblemError: the hall has no such desk.
    """
    lock_hall(session, hall.id)
    row = _row(session, hall, desk_id)
    if not row.is_open:
        row.is_open, row.since = True, now


def close_desk(session: Session, hall: Hall, desk_id: str, now: datetime) -> None:
    """Close a desk; harmless when it is closed.

    Raises:
        ProblemError: the hall has no such desk, or a visitor is there or on the way to it.
    """
    lock_hall(session, hall.id)
    row = _row(session, hall, desk_id)
    if row.ticket_id is not None:
        raise _wrong_state("A visitor is at the desk or on the way to it; finish first.")
    if row.is_open:
        row.is_open, row.since = False, now


def call_next(session: Session, hall: Hall, desk_id: str, now: datetime) -> Ticket | None:
    """Call the visitor who is due first of those whom the desk can serve; None: nobody waits.

    Raises:
        ProblemError: the hall has no such desk, or it is closed or busy.
    """
    lock_hall(session, hall.id)
    row = _row(session, hall, desk_id)
    if not row.is_open:
        raise _wrong_state("The desk is closed; open it first.")
    if row.ticket_id is not None:
        raise _wrong_state("A visitor is at the desk or on the way to it; finish first.")
    desk = next(desk for desk in load_desks(session, hall, now) if desk.id == desk_id)
    queue = {ticket.id: ticket for ticket in waiting_rows(session, hall, now)}
    called = next_for(desk, map(waiting, queue.values()))
    if called is None:
        return None
    ticket = queue[called.id]
    ticket.state = TicketState.CALLED
    ticket.desk_id, ticket.called_at = desk_id, now
    row.ticket_id, row.since = ticket.id, now
    return to_ticket(ticket, hall)


def finish(
    session: Session, hall: Hall, desk_id: str, outcome: TicketState, now: datetime
) -> Ticket:
    """Finish with the visitor at a desk, as SERVED or NO_SHOW; the desk is free then.

    Raises:
        ProblemError: the hall has no such desk, or nobody is there.
    """
    lock_hall(session, hall.id)
    row = _row(session, hall, desk_id)
    if row.ticket_id is None:
        raise _wrong_state("Nobody is at the desk.")
    ticket = session.get_one(TicketRow, row.ticket_id)
    end_ticket(session, hall, ticket, outcome, now)
    return to_ticket(ticket, hall)


def _row(session: Session, hall: Hall, desk_id: str) -> DeskRow:
    row = session.get(DeskRow, (hall.id, desk_id))
    if row is None or all(desk.id != desk_id for desk in hall.profile.desks):
        raise ProblemError(
            HTTPStatus.NOT_FOUND, problems.DESK_UNKNOWN, "There is no such desk in this hall."
        )
    return row


def _wrong_state(title: str) -> ProblemError:
    return ProblemError(HTTPStatus.CONFLICT, problems.DESK_STATE, title)
